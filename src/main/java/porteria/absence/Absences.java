package porteria.absence;

import java.time.InstantSource;
import porteria.audit.AuditTrail;
import porteria.bus.Bus;
import porteria.config.PhotoSettings;
import porteria.db.Database;
import porteria.storage.ObjectStorage;

/** All that is kept of requests to be absent. */
public record Absences(FamilyAbsences families, AbsenceDesk desk, Attachments attachments) {

  /**
   * The requests in this database.
   *
   * @param settings of photos; documents are handed out and kept alike
   */
  public static Absences in(
      Database database,
      ObjectStorage storage,
      AuditTrail audit,
      Bus bus,
      PhotoSettings settings,
      InstantSource clock) {
    Acts acts = new Acts(audit);
    return new Absences(
        new FamilyAbsences(database, acts, clock),
        new AbsenceDesk(database, acts, bus, clock),
        new Attachments(database, storage, acts, settings, clock));
  }
}
