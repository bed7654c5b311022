package porteria.http.page;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import porteria.bus.ByStaff;
import porteria.device.DeviceRecords;
import porteria.device.DeviceStatus;
import porteria.device.EnrolmentOffer;
import porteria.device.EnrolmentService;
import porteria.domain.Failure;
import porteria.domain.Gate;
import porteria.domain.Role;
import porteria.http.door.HttpServices;
import porteria.http.page.StaffPages.Visit;
import porteria.school.GateRecords;

/** Which gate needs somebody, and how a kiosk comes to a gate or leaves it. */
public final class DevicePages {

  private static final String LIST = "/devices";
  private static final String ENROL = LIST + "/enrolment";

  /** Of the contract. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final StaffPages staff;
  private final DeviceRecords records;
  private final EnrolmentService enrolment;
  private final GateRecords gates;
  private final InstantSource clock;

  public DevicePages(StaffPages staff, HttpServices services) {
    this.staff = staff;
    this.records = services.deviceRecords();
    this.enrolment = services.enrolment();
    this.gates = services.gates();
    this.clock = services.clock();
  }

  public void mount(Router router) {
    staff.page(router, LIST, this::list);
    staff.part(router, LIST + "/list", this::kiosks);
    staff.form(router, ENROL, LIST, this::enrol);
    // Who reloads or comes back finds the list: a code is shown once.
    router.get(ENROL).handler(context -> Pages.redirect(context, LIST));
    staff.form(router, LIST + "/revoke", LIST, this::revoke);
  }

  private Future<Void> list(Visit visit) {
    UUID school = visit.viewer().schoolId();
    Future<List<DeviceStatus>> devices = records.list(school);
    Future<List<Gate>> places = gates.list(school);
    return Future.all(devices, places)
        .map(
            read -> {
              staff.render(visit, "devices", model(visit, devices.result(), places.result()));
              return null;
            });
  }

  /** What changes on the page while somebody looks at it. */
  private Future<Void> kiosks(Visit visit) {
    return records
        .list(visit.viewer().schoolId())
        .map(
            devices -> {
              DeviceWords words = new DeviceWords(staff.texts(visit), time(visit));
              staff.render(visit, "devices_list", Map.of("devices", words.inUse(devices)));
              return null;
            });
  }

  private Map<String, Object> model(Visit visit, List<DeviceStatus> devices, List<Gate> places) {
    Map<String, String> texts = staff.texts(visit);
    DeviceWords words = new DeviceWords(texts, time(visit));
    Map<String, Object> model = new HashMap<>();
    model.put("devices", words.inUse(devices));
    model.put("revoked", words.revoked(devices));
    model.put(
        "gates",
        places.stream().map(gate -> Map.of("code", gate.code(), "name", gate.name())).toList());
    Notices.text(visit.context(), texts, "devices").ifPresent(said -> model.put("notice", said));
    return model;
  }

  private SchoolTime time(Visit visit) {
    return new SchoolTime(staff.texts(visit), visit.school().zone(), clock.instant());
  }

  /** The code stands on the page that answers, and nowhere else: in no address and in no file. */
  private void enrol(RoutingContext context) {
    String name = Asked.line(context, "name").orElse("");
    String gate = Asked.line(context, "gate").orElse("");
    staff
        .visiting(context, Role.ADMIN)
        .compose(visit -> offer(visit, name, gate).compose(offer -> show(visit, offer, gate)))
        .onFailure(
            error -> Pages.redirect(context, LIST + "?notice=" + Notices.reason(context, error)));
  }

  private Future<EnrolmentOffer> offer(Visit visit, String name, String gate) {
    if (!NAME.matcher(name).matches()) {
      return Future.failedFuture(
          Failure.of(Failure.Kind.INVALID_REQUEST, "This is no name of a device.").asException());
    }
    ByStaff by = StaffPages.by(visit);
    return enrolment.offer(by.schoolId(), StaffPages.actor(by), name, gate);
  }

  private Future<Void> show(Visit visit, EnrolmentOffer offer, String gateCode) {
    return gates
        .list(visit.viewer().schoolId())
        .map(
            places -> {
              Map<String, Object> model = new HashMap<>();
              model.put("code", offer.enrolmentCode());
              model.put("qr", QrDrawing.of(offer.enrolmentCode()));
              model.put("name", offer.deviceCode());
              model.put("gate", name(places, gateCode));
              model.put("until", time(visit).time(offer.expiresAt()));
              model.put(
                  "seconds", Duration.between(clock.instant(), offer.expiresAt()).toSeconds());
              staff.render(visit, "enrolment", model);
              return null;
            });
  }

  private static String name(List<Gate> places, String code) {
    return places.stream()
        .filter(gate -> gate.code().equals(code))
        .findFirst()
        .map(Gate::name)
        .orElse(code);
  }

  private void revoke(RoutingContext context) {
    UUID device = Asked.uuid(Asked.field(context, "id").orElse(""));
    Notices.lead(
        context,
        staff
            .acting(context, Role.INSPECTOR)
            .compose(by -> records.revoke(by.schoolId(), device, StaffPages.actor(by))),
        "revoked",
        LIST);
  }
}
