package porteria.http.page;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import porteria.domain.Channel;
import porteria.domain.Failure;
import porteria.domain.MessageType;
import porteria.http.door.HttpServices;
import porteria.http.page.FamilyVisits.Visit;
import porteria.roster.ContactSuppression;
import porteria.roster.FamilyChoices;
import porteria.roster.FamilyRecords;
import porteria.roster.Guardian;
import porteria.roster.KeptContact;
import porteria.roster.Preferences;
import porteria.roster.Roster;
import porteria.school.School;
import porteria.school.SchoolRecords;

/** What a guardian chooses: of what they are told and where, in which language, and photos. */
final class FamilySettings {

  private static final String SETTINGS = "/settings";

  /** Each by its own name, for those who read no other. */
  private static final Map<String, String> LANGUAGES =
      Map.of("es", "Español", "en", "English", "pt", "Português");

  private static final List<String> LANGUAGE_ORDER = List.of("es", "en", "pt");

  private final FamilyVisits visits;
  private final Roster roster;
  private final FamilyRecords families;
  private final SchoolRecords schools;

  FamilySettings(FamilyVisits visits, HttpServices services) {
    this.visits = visits;
    this.roster = services.roster();
    this.families = roster.families();
    this.schools = services.school();
  }

  void mount(Router router) {
    visits.page(router, SETTINGS, this::show);
    visits.form(router, SETTINGS + "/messages", SETTINGS, this::chooseMessages);
    visits.form(router, SETTINGS + "/stop", SETTINGS, this::stop);
    visits.form(router, SETTINGS + "/language", SETTINGS, this::chooseLanguage);
    visits.form(router, SETTINGS + "/photos", SETTINGS, this::consent);
    visits.form(router, SETTINGS + "/resume", SETTINGS, this::resume);
  }

  private Future<Void> show(Visit visit) {
    Future<Guardian> guardian = roster.guardians().find(visit.schoolId(), visit.guardianId());
    Future<FamilyChoices> choices = families.find(visit.schoolId(), visit.guardianId());
    Future<School> school = schools.find(visit.schoolId());
    return Future.all(guardian, choices, school)
        .map(
            read -> {
              Map<String, Object> model = new HashMap<>();
              model.put("here", "settings");
              model.put("rows", rows(choices.result(), reaching(guardian.result())));
              model.put("channels", Channel.values());
              model.put(
                  "missing",
                  Arrays.stream(Channel.values())
                      .filter(channel -> !reaching(guardian.result()).contains(channel))
                      .toList());
              model.put("contacts", contacts(visit, guardian.result(), choices.result()));
              model.put("languages", languages(visit));
              model.put("consents", consents(visit, choices.result()));
              model.put("photosAllowed", school.result().photosAllowed());
              model.put("photoDays", Integer.toString(daysKept(school.result())));
              visits.render(visit, "parent_settings", model);
              return null;
            });
  }

  /** After how many days photos and documents are deleted. */
  static int daysKept(School school) {
    int most = school.usual().retentionDays();
    return Math.min(most, school.settings().terms().retentionDays().orElse(most));
  }

  private static Set<Channel> reaching(Guardian guardian) {
    return guardian.contacts().stream()
        .map(kept -> kept.contact().channel())
        .collect(Collectors.toUnmodifiableSet());
  }

  private static List<Map<String, Object>> rows(FamilyChoices choices, Set<Channel> reaching) {
    return Arrays.stream(MessageType.values())
        .map(
            type ->
                Map.<String, Object>of(
                    "type",
                    type.name(),
                    "switches",
                    Arrays.stream(Channel.values())
                        .map(
                            channel ->
                                Map.of(
                                    "channel", channel.name(),
                                    "name", field(type, channel),
                                    "on", chosen(choices, type).contains(channel),
                                    "possible", reaching.contains(channel)))
                        .toList()))
        .toList();
  }

  private static Set<Channel> chosen(FamilyChoices choices, MessageType type) {
    return choices.channels().channels().getOrDefault(type, Set.of());
  }

  /** The name of one switch in the form. */
  private static String field(MessageType type, Channel channel) {
    return type + "." + channel;
  }

  private static List<Map<String, Object>> contacts(
      Visit visit, Guardian guardian, FamilyChoices choices) {
    return guardian.contacts().stream().map(kept -> contact(visit, kept, choices)).toList();
  }

  private static Map<String, Object> contact(Visit visit, KeptContact kept, FamilyChoices choices) {
    Channel channel = kept.contact().channel();
    Map<String, Object> model = new HashMap<>();
    model.put("id", kept.id().toString());
    model.put("channel", channel.name());
    model.put("address", kept.contact().address());
    model.put(
        "told",
        choices.channels().channels().values().stream().anyMatch(each -> each.contains(channel)));
    kept.suppressed()
        .ifPresent(
            off -> {
              model.put("reason", off.reason().name());
              model.put("since", since(visit, off));
            });
    return model;
  }

  private static String since(Visit visit, ContactSuppression off) {
    return visit.phrases().when(off.since());
  }

  private static List<Map<String, Object>> languages(Visit visit) {
    return LANGUAGE_ORDER.stream()
        .map(
            code ->
                Map.<String, Object>of(
                    "code", code,
                    "name", LANGUAGES.getOrDefault(code, code),
                    "chosen", code.equals(visit.guardian().language())))
        .toList();
  }

  private static List<Map<String, Object>> consents(Visit visit, FamilyChoices choices) {
    return visit.children().stream()
        .map(
            child ->
                Map.<String, Object>of(
                    "id", child.id().toString(),
                    "name", child.name().split(" ", 2)[0],
                    "given", choices.photos().getOrDefault(child.id(), false)))
        .toList();
  }

  /** All switches as they stand on the page. */
  private Future<Void> chooseMessages(Visit visit) {
    Map<MessageType, Set<Channel>> chosen = new EnumMap<>(MessageType.class);
    for (MessageType type : MessageType.values()) {
      Set<Channel> channels = EnumSet.noneOf(Channel.class);
      for (Channel channel : Channel.values()) {
        if (Asked.field(visit.context(), field(type, channel)).isPresent()) {
          channels.add(channel);
        }
      }
      chosen.put(type, channels);
    }
    Future<FamilyChoices> done =
        change(visit, before -> with(before, new Preferences(chosen), before.language()));
    answer(visit, done, "saved");
    return Future.succeededFuture();
  }

  /** Nothing more by one channel; what the guardian asks for is answered there still. */
  private Future<Void> stop(Visit visit) {
    Optional<Channel> stopped =
        Arrays.stream(Channel.values())
            .filter(
                each ->
                    Asked.field(visit.context(), "channel").filter(each.name()::equals).isPresent())
            .findFirst();
    answer(visit, change(visit, before -> without(before, stopped)), "stopped");
    return Future.succeededFuture();
  }

  private static FamilyChoices without(FamilyChoices before, Optional<Channel> stopped) {
    Map<MessageType, Set<Channel>> left = new EnumMap<>(MessageType.class);
    before
        .channels()
        .channels()
        .forEach(
            (type, channels) ->
                left.put(
                    type,
                    channels.stream()
                        .filter(each -> stopped.filter(each::equals).isEmpty())
                        .collect(Collectors.toUnmodifiableSet())));
    return with(before, new Preferences(left), before.language());
  }

  private Future<Void> chooseLanguage(Visit visit) {
    Optional<String> language =
        Asked.field(visit.context(), "language").filter(LANGUAGE_ORDER::contains);
    answer(
        visit,
        change(
            visit, before -> with(before, before.channels(), language.orElseGet(before::language))),
        "saved");
    return Future.succeededFuture();
  }

  /** Allows photos of one child, or withdraws it. */
  private Future<Void> consent(Visit visit) {
    UUID child = Asked.uuid(Asked.field(visit.context(), "child").orElse(""));
    boolean given = Asked.field(visit.context(), "consent").filter("given"::equals).isPresent();
    answer(
        visit,
        change(
            visit,
            before ->
                new FamilyChoices(before.channels(), Map.of(child, given), before.language())),
        given ? "consented" : "withdrawn-consent");
    return Future.succeededFuture();
  }

  /** Writes again to where it was asked to stop. */
  private Future<Void> resume(Visit visit) {
    UUID contact = Asked.uuid(Asked.field(visit.context(), "contact").orElse(""));
    answer(
        visit,
        roster
            .suppressions()
            .resume(visit.schoolId(), visit.guardianId(), contact, FamilyVisits.actor(visit)),
        "resumed");
    return Future.succeededFuture();
  }

  private static FamilyChoices with(FamilyChoices before, Preferences channels, String language) {
    return new FamilyChoices(channels, before.photos(), language);
  }

  private Future<FamilyChoices> change(Visit visit, UnaryOperator<FamilyChoices> change) {
    return families.change(visit.schoolId(), visit.guardianId(), change, FamilyVisits.actor(visit));
  }

  /** A script is told by the status alone; a page is shown anew, and says what was done. */
  private static void answer(Visit visit, Future<?> act, String done) {
    RoutingContext context = visit.context();
    if (!"application/json".equals(context.request().getHeader(HttpHeaders.ACCEPT))) {
      Notices.lead(context, act, done, visit.page(SETTINGS));
      return;
    }
    act.onSuccess(saved -> context.response().setStatusCode(204).end())
        .onFailure(
            error ->
                context
                    .response()
                    .setStatusCode(
                        Notices.reason(context, error).equals("failed")
                            ? Failure.Kind.UNAVAILABLE.status()
                            : Failure.Kind.CONFLICT.status())
                    .end());
  }
}
