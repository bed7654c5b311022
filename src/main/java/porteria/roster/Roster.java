package porteria.roster;

import io.vertx.core.Vertx;
import java.time.InstantSource;
import porteria.audit.AuditTrail;
import porteria.bus.Bus;
import porteria.db.Database;

/** All that is kept of a school's people and courses. */
public record Roster(
    StudentRecords students,
    GuardianRecords guardians,
    CourseRecords courses,
    EnrollmentRecords enrollments,
    ConsentRecords consents,
    FamilyRecords families,
    ContactSuppressions suppressions,
    BaseScheduleRecords schedules,
    Erasure erasure,
    RosterImport fromFile) {

  /** The roster in this database. */
  public static Roster in(
      Vertx vertx, Database database, AuditTrail audit, Bus bus, InstantSource clock) {
    Acts acts = new Acts(audit, bus);
    return new Roster(
        new StudentRecords(database, acts, clock),
        new GuardianRecords(vertx, database, acts, clock),
        new CourseRecords(database, acts),
        new EnrollmentRecords(database, acts, clock),
        new ConsentRecords(database, acts, clock),
        new FamilyRecords(database, acts, clock),
        new ContactSuppressions(database, acts),
        new BaseScheduleRecords(database, acts),
        new Erasure(database, acts, clock),
        new RosterImport(vertx, database, acts, bus, clock));
  }
}
