package porteria.school;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * What a school says otherwise than the operator does; what is empty is as the operator says.
 *
 * @param graceMinutes after a course's time of entry its missing pupils are looked for; 0 to 240
 * @param repeatSeconds within which the same pupil and direction is a double read; 0 to 3,600
 * @param retentionDays after which photos and documents are deleted; from 1 to the operator's
 */
public record OwnTerms(
    Optional<Integer> graceMinutes,
    Optional<Integer> repeatSeconds,
    Optional<Integer> retentionDays) {

  /** All as the operator says. */
  public static final OwnTerms NONE =
      new OwnTerms(Optional.empty(), Optional.empty(), Optional.empty());

  /** Puts what is told of them, or null, into what is told of the school. */
  JsonObject into(JsonObject told) {
    return told.put("grace_minutes", graceMinutes.orElse(null))
        .put("repeat_seconds", repeatSeconds.orElse(null))
        .put("retention_days", retentionDays.orElse(null));
  }
}
