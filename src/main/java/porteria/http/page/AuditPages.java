package porteria.http.page;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import porteria.audit.AuditLog;
import porteria.audit.AuditPage;
import porteria.audit.AuditQuery;
import porteria.device.DeviceRecords;
import porteria.device.DeviceStatus;
import porteria.domain.Role;
import porteria.http.door.Cursors;
import porteria.http.door.HttpServices;
import porteria.http.page.StaffPages.Visit;
import porteria.identity.StaffAccounts;
import porteria.identity.StaffRecord;

/** Who did what, for directors. */
public final class AuditPages {

  private static final String LIST = "/audit";
  private static final String TABLE = "/api/v1/audit.csv";
  private static final int PAGE = 50;

  private final StaffPages staff;
  private final AuditLog audit;
  private final StaffAccounts accounts;
  private final DeviceRecords devices;
  private final InstantSource clock;

  public AuditPages(StaffPages staff, HttpServices services) {
    this.staff = staff;
    this.audit = services.audit();
    this.accounts = services.accounts();
    this.devices = services.deviceRecords();
    this.clock = services.clock();
  }

  public void mount(Router router) {
    staff.page(router, LIST, Role.DIRECTOR, this::list);
  }

  /** What the address asks for. */
  private record Filter(
      Optional<UUID> actor,
      Optional<String> entity,
      Optional<LocalDate> from,
      Optional<LocalDate> to) {

    static Filter of(RoutingContext context) {
      return new Filter(
          Asked.id(context, "actor"),
          Asked.parameter(context, "entity").filter(AuditWords.ENTITIES::contains),
          Asked.day(context, "from"),
          Asked.day(context, "to"));
    }

    /** The last day is shown whole. */
    AuditQuery query(UUID school, SchoolTime time, Optional<Long> below) {
      return new AuditQuery(
          school,
          actor,
          Optional.empty(),
          entity,
          Optional.empty(),
          from.map(time::start),
          to.map(day -> time.start(day.plusDays(1))),
          below);
    }

    /** The same as a part of an address of our pages. */
    String words() {
      return joined(
          List.of(
              pair("actor", actor), pair("entity", entity), pair("from", from), pair("to", to)));
    }
  }

  private Future<Void> list(Visit visit) {
    RoutingContext context = visit.context();
    UUID school = visit.viewer().schoolId();
    SchoolTime time = new SchoolTime(staff.texts(visit), visit.school().zone(), clock.instant());
    Filter filter = Filter.of(context);
    AuditQuery query =
        filter.query(school, time, Asked.parameter(context, "cursor").map(Cursors::number));
    Future<AuditPage> found = audit.find(query, PAGE);
    Future<List<StaffRecord>> people = accounts.list(school);
    Future<List<DeviceStatus>> kiosks = devices.list(school);
    return Future.all(found, people, kiosks)
        .map(
            read -> {
              AuditWords words =
                  new AuditWords(staff.texts(visit), time, people.result(), kiosks.result());
              Map<String, Object> model = new HashMap<>();
              model.put("items", words.items(found.result().items()));
              model.put("people", words.people());
              model.put("entities", AuditWords.ENTITIES);
              model.put("actor", filter.actor().map(UUID::toString).orElse(""));
              model.put("entity", filter.entity().orElse(""));
              model.put("from", filter.from().map(LocalDate::toString).orElse(""));
              model.put("to", filter.to().map(LocalDate::toString).orElse(""));
              model.put("table", TABLE + table(query));
              found
                  .result()
                  .next()
                  .ifPresent(
                      next ->
                          model.put(
                              "next",
                              LIST
                                  + joined(
                                      List.of(
                                          Optional.of(filter.words().replaceFirst("^\\?", "")),
                                          pair("cursor", Optional.of(Cursors.text(next)))))));
              staff.render(visit, "audit", model);
              return null;
            });
  }

  private static String table(AuditQuery query) {
    return joined(
        List.of(
            pair("actor", query.actor()),
            pair("entity", query.entity()),
            pair("from", query.from()),
            pair("to", query.to())));
  }

  private static String joined(List<Optional<String>> pairs) {
    String all =
        pairs.stream()
            .flatMap(Optional::stream)
            .filter(each -> !each.isEmpty())
            .collect(Collectors.joining("&"));
    return all.isEmpty() ? "" : "?" + all;
  }

  private static Optional<String> pair(String name, Optional<?> value) {
    return value.map(
        given -> name + "=" + URLEncoder.encode(given.toString(), StandardCharsets.UTF_8));
  }
}
