package porteria.http.page;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import porteria.audit.AuditActor;
import porteria.domain.Failure;
import porteria.domain.FailureException;
import porteria.domain.Role;
import porteria.http.door.HttpServices;
import porteria.http.page.StaffPages.Visit;
import porteria.photo.PhotoService;
import porteria.school.School;
import porteria.school.SchoolColor;
import porteria.school.SchoolRecords;
import porteria.school.SchoolSettings;
import porteria.school.TimeZones;
import porteria.school.UsualTerms;

/** Where an admin says what the school is called and how it goes about things. */
public final class SettingsPages {

  private static final String PAGE = "/settings";

  private final Pages pages;
  private final StaffPages staff;
  private final SchoolRecords schools;
  private final PhotoService photos;

  public SettingsPages(Pages pages, StaffPages staff, HttpServices services) {
    this.pages = pages;
    this.staff = staff;
    this.schools = services.school();
    this.photos = services.photos();
  }

  public void mount(Router router) {
    staff.page(router, PAGE, Role.ADMIN, this::offer);
    pages.form(router, PAGE).handler(context -> staff.show(context, Role.ADMIN, this::save));
    Pages.offerAnew(router, PAGE, PAGE);
    staff.part(router, PAGE + "/color", this::color);
  }

  private Future<Void> offer(Visit visit) {
    return schools
        .find(visit.viewer().schoolId())
        .map(
            school -> {
              show(visit, school, SettingsDraft.of(school), List.of(), List.of());
              return null;
            });
  }

  /** Saved, unless something is to be mended, or is to be confirmed for what it brings about. */
  private Future<Void> save(Visit visit) {
    SettingsDraft draft = SettingsDraft.of(visit.context());
    return schools
        .find(visit.viewer().schoolId())
        .compose(
            school -> {
              List<String> mistakes = draft.mistakes();
              if (!mistakes.isEmpty()) {
                return again(visit, school, draft, mistakes);
              }
              SettingsEffects effects = SettingsEffects.of(school, draft);
              String confirmed = Asked.field(visit.context(), "confirmed").orElse("");
              if (!effects.key().equals(confirmed)) {
                visit.context().response().setStatusCode(409);
                show(visit, school, draft, List.of(), effects.named());
                return Future.succeededFuture();
              }
              return keep(visit, draft)
                  .recover(
                      error -> {
                        List<String> refused = refused(error);
                        return refused.isEmpty()
                            ? Future.failedFuture(error)
                            : again(visit, school, draft, refused);
                      });
            });
  }

  private Future<Void> keep(Visit visit, SettingsDraft draft) {
    AuditActor actor = StaffPages.actor(StaffPages.by(visit));
    SchoolSettings wanted = draft.wanted();
    return schools
        .change(visit.viewer().schoolId(), kept -> wanted, actor)
        .compose(kept -> photos.allow(visit.viewer().schoolId(), draft.photosAllowed(), actor))
        .onSuccess(done -> Pages.redirect(visit.context(), PAGE + "?notice=saved"));
  }

  private Future<Void> again(
      Visit visit, School school, SettingsDraft draft, List<String> mistakes) {
    visit.context().response().setStatusCode(422);
    show(visit, school, draft, mistakes, List.of());
    return Future.succeededFuture();
  }

  /** Which fields the school's records refuse; none where it failed otherwise. */
  private static List<String> refused(Throwable error) {
    return error instanceof FailureException known
            && known.failure().kind() == Failure.Kind.INVALID_REQUEST
        ? known.failure().errors().stream()
            .map(each -> each.pointer().replaceFirst("^/", ""))
            .toList()
        : List.of();
  }

  private void show(
      Visit visit,
      School school,
      SettingsDraft draft,
      List<String> mistakes,
      List<SettingsEffects.Effect> effects) {
    Map<String, String> texts = staff.texts(visit);
    Map<String, Object> model = new HashMap<>();
    model.put("draft", draft.fields());
    model.put("slug", school.slug());
    model.put("usual", usual(school.usual()));
    model.put("countries", countries(locale(texts)));
    model.put("zones", TimeZones.all());
    model.put("languages", Messages.LANGUAGES);
    model.put("mistakes", mistakes);
    model.put("look", look(draft.fields().getOrDefault("color", ""), texts));
    if (!effects.isEmpty()) {
      model.put("effects", effects.stream().map(each -> each.words(texts)).toList());
      model.put("confirmed", SettingsEffects.key(effects));
    }
    Notices.text(visit.context(), texts, "settings")
        .filter(said -> mistakes.isEmpty() && effects.isEmpty())
        .ifPresent(said -> model.put("notice", said));
    staff.render(visit, "settings", model);
  }

  private static Map<String, Object> usual(UsualTerms usual) {
    return Map.of(
        "grace_minutes", usual.grace().toMinutes(),
        "repeat_seconds", usual.repeatWindow().toSeconds(),
        "retention_days", usual.retentionDays());
  }

  private static List<Map<String, Object>> countries(Locale locale) {
    return Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2).stream()
        .collect(
            Collectors.toMap(
                Function.identity(),
                code -> new Locale.Builder().setRegion(code).build().getDisplayCountry(locale)))
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
        .map(each -> Map.<String, Object>of("code", each.getKey(), "name", each.getValue()))
        .toList();
  }

  /** How a color looks while it is chosen. */
  private Future<Void> color(Visit visit) {
    RoutingContext context = visit.context();
    staff.render(
        visit,
        "settings_color",
        Map.of("look", look(Asked.parameter(context, "color").orElse(""), staff.texts(visit))));
    return Future.succeededFuture();
  }

  /** How a color looks; nothing where what is written is none. */
  private static Map<String, Object> look(String written, Map<String, String> texts) {
    return SchoolColor.read(written).map(color -> look(color, texts)).orElse(Map.of());
  }

  private static Map<String, Object> look(SchoolColor color, Map<String, String> texts) {
    String key = color.isReadable() ? "settings.color.fine" : "settings.color.light";
    NumberFormat decimal = NumberFormat.getNumberInstance(locale(texts));
    decimal.setMaximumFractionDigits(1);
    decimal.setRoundingMode(RoundingMode.DOWN);
    return Map.of(
        "hex",
        color.hex(),
        "readable",
        color.isReadable(),
        "text",
        Objects.requireNonNull(texts.get(key), key)
            .replace("{contrast}", decimal.format(color.contrastWithWhite()))
            .replace("{instead}", color.readable().hex()));
  }

  private static Locale locale(Map<String, String> texts) {
    return Locale.forLanguageTag(Objects.requireNonNull(texts.get("lang"), "lang"));
  }
}
