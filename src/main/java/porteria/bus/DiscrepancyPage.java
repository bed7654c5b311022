package porteria.bus;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Some discrepancies.
 *
 * @param next where the next page begins; empty on the last
 */
public record DiscrepancyPage(List<Item> items, Optional<PagePlace> next) {

  /**
   * One.
   *
   * @param at when it became one
   * @param subjectId the absence request or the alarm it is about
   */
  public record Item(
      Kind kind,
      Instant at,
      LocalDate date,
      UUID subjectId,
      UUID studentId,
      String student,
      UUID courseId,
      String course) {}

  /** What contradicts what. */
  public enum Kind {
    /** An absence was approved, and the pupil was there. */
    PRESENT_ALTHOUGH_EXCUSED,
    /** The family was told that the pupil was missing, and a scan proves the contrary. */
    ALARMED_THEN_ARRIVED,
    /** The family was told that the pupil was missing, and the absence was approved afterwards. */
    ALARMED_THEN_EXCUSED
  }
}
