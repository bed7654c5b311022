package porteria.bus;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import porteria.domain.BroadcastStatus;
import porteria.domain.BroadcastType;
import porteria.domain.FailureClass;

/**
 * A broadcast and how far it has come.
 *
 * @param course the one it is about, by name; the whole school when empty
 * @param facts what it tells
 * @param recipients addresses that were frozen
 * @param progress empty in lists
 */
public record BroadcastView(
    UUID id,
    BroadcastType type,
    BroadcastStatus status,
    Optional<UUID> courseId,
    Optional<String> course,
    Optional<UUID> exceptionId,
    Optional<UUID> corrects,
    JsonObject facts,
    int recipients,
    Instant createdAt,
    Instant expiresAt,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    Optional<Progress> progress) {

  /**
   * How far it has come.
   *
   * @param counts recipients by where their first message stands: a status of messages, or WAITING
   *     for one that is not queued yet
   * @param failures of those that failed, by reason
   * @param instead mails that stand in for WhatsApp messages
   * @param perSecond messages sent lately
   * @param secondsLeft at that rate; empty when none is known
   */
  public record Progress(
      Map<String, Integer> counts,
      Map<FailureClass, Integer> failures,
      int instead,
      double perSecond,
      Optional<Long> secondsLeft) {

    public Progress {
      counts = Map.copyOf(counts);
      failures = Map.copyOf(failures);
    }

    /** The counts as frames and the contract have them. */
    public JsonObject countsToJson() {
      JsonObject json = new JsonObject();
      counts.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(each -> json.put(each.getKey(), each.getValue()));
      return json;
    }

    private JsonObject toJson() {
      JsonObject reasons = new JsonObject();
      failures.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .forEach(each -> reasons.put(each.getKey().name(), each.getValue()));
      return new JsonObject()
          .put("counts", countsToJson())
          .put("failures", reasons)
          .put("by_mail_instead", instead)
          .put("per_second", perSecond)
          .put("seconds_left", secondsLeft.orElse(null));
    }
  }

  /** As the contract states it. */
  public JsonObject toJson() {
    JsonObject json =
        new JsonObject()
            .put("id", id.toString())
            .put("type", type.name())
            .put("status", status.name())
            .put("scope", courseId.isPresent() ? "COURSE" : "GLOBAL")
            .put("facts", facts)
            .put("recipients", recipients)
            .put("created_at", createdAt.toString())
            .put("expires_at", expiresAt.toString());
    courseId.ifPresent(one -> json.put("course_id", one.toString()));
    course.ifPresent(name -> json.put("course", name));
    exceptionId.ifPresent(one -> json.put("exception_id", one.toString()));
    corrects.ifPresent(one -> json.put("corrects", one.toString()));
    startedAt.ifPresent(at -> json.put("started_at", at.toString()));
    endedAt.ifPresent(at -> json.put("ended_at", at.toString()));
    progress.ifPresent(so -> json.put("progress", so.toJson()));
    return json;
  }

  /** What it says stays out of logs. */
  @Override
  public String toString() {
    return "BroadcastView[" + id + "]";
  }
}
