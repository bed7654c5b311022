package porteria.http;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import porteria.http.door.Caller;
import porteria.http.door.HttpServices;

/** Which code serves which operation of the contract, by its operationId. */
final class Operations {

  private final Map<String, Function<Call, Future<Answer>>> code = new HashMap<>();

  private Operations() {}

  /** All that the server serves under {@code /api/v1}. */
  static Map<String, Function<Call, Future<Answer>>> of(
      HttpServices services, Contract contract, Problems problems) {
    Operations all = new Operations();
    all.health(new HealthOperations(services.version(), services.probes()));
    all.scans(
        new ScanOperations(
            services.bus(),
            problems,
            services.meters(),
            Objects.requireNonNull(contract.bodies().get("submitScan"))));
    all.attendance(new AttendanceOperations(services.bus()));
    all.photos(new PhotoOperations(services.photos()));
    all.sessions(
        new AuthOperations(services.staff(), services.sessions()),
        new ParentOperations(services.parents(), services.bus()));
    all.code.putAll(new AbsenceOperations(services.absences()).code());
    all.code.putAll(new FamilyAbsenceOperations(services.absences()).code());
    all.families(
        new PreferenceOperations(services.roster().families(), services.roster().suppressions()));
    all.staff(
        new StaffOperations(services.accounts()), new TotpOperations(services.secondFactor()));
    all.devices(new DeviceOperations(services.enrolment(), services.deviceRecords()));
    all.tags(new TagOperations(services.cards()));
    all.audit(new AuditOperations(services.audit()));
    all.code.putAll(new ScheduleOperations(services.bus()).code());
    all.code.putAll(new AlarmOperations(services.bus()).code());
    all.code.putAll(new NotificationOperations(services.bus()).code());
    all.code.putAll(new BroadcastOperations(services.bus()).code());
    all.code.putAll(new SchoolOperations(services.school(), services.gates()).code());
    all.code.putAll(RosterOperations.all(services.roster()));
    return Map.copyOf(all.code);
  }

  private void health(HealthOperations health) {
    code.put("health", health::health);
    code.put("healthLive", health::live);
    code.put("healthReady", health::ready);
  }

  private void scans(ScanOperations scans) {
    code.put("submitScan", scans::submit);
    code.put("submitScans", scans::submitBatch);
    code.put("annulEvent", scans::annul);
  }

  private void attendance(AttendanceOperations attendance) {
    code.put("viewDay", attendance::day);
    code.put("viewArrivals", attendance::arrivals);
    code.put("viewPreviousDay", attendance::previousDay);
    code.put("listEvents", attendance::events);
    code.put("listRejections", attendance::rejections);
    code.put("listMissing", attendance::missing);
  }

  private void photos(PhotoOperations photos) {
    code.put("beginPhoto", photos::begin);
    code.put("completePhoto", photos::complete);
    code.put("viewPhoto", photos::view);
    code.put("allowPhotos", photos::allow);
  }

  private void sessions(AuthOperations staff, ParentOperations parents) {
    code.put("login", staff::login);
    code.put("refresh", staff::refresh);
    code.put("changePassword", staff::changePassword);
    code.put("requestMagicLink", parents::requestLink);
    code.put("redeemMagicLink", parents::redeem);
    code.put(
        "logout",
        call -> call.caller() instanceof Caller.Parent ? parents.logout(call) : staff.logout(call));
    code.put("viewParent", parents::me);
    code.put("listChildren", parents::children);
    code.put("listChildrenEvents", parents::events);
  }

  private void families(PreferenceOperations preferences) {
    code.put("viewPreferences", preferences::view);
    code.put("choosePreferences", preferences::choose);
    code.put("resumeContact", preferences::resume);
  }

  private void staff(StaffOperations staff, TotpOperations totp) {
    code.put("listStaff", staff::list);
    code.put("addStaff", staff::add);
    code.put("changeStaff", staff::change);
    code.put("resetStaffPassword", staff::resetPassword);
    code.put("enrolTotp", totp::enrol);
    code.put("confirmTotp", totp::confirm);
    code.put("removeStaffTotp", totp::remove);
  }

  private void devices(DeviceOperations devices) {
    code.put("offerEnrolment", devices::offer);
    code.put("enrolDevice", devices::enrol);
    code.put("reportDevice", devices::heartbeat);
    code.put("listDevices", devices::list);
    code.put("revokeDevice", devices::revoke);
  }

  private void tags(TagOperations tags) {
    code.put("provisionTag", tags::provision);
    code.put("confirmTag", tags::confirm);
    code.put("revokeTag", tags::revoke);
    code.put("listTags", tags::list);
    code.put("issueQr", tags::issueQr);
    code.put("printCard", tags::printCard);
    code.put("printCards", tags::printSheet);
  }

  private void audit(AuditOperations audit) {
    code.put("listAudit", audit::list);
    code.put("exportAudit", audit::export);
  }
}
