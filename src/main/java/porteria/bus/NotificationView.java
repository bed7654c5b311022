package porteria.bus;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import porteria.domain.Channel;
import porteria.domain.FailureClass;
import porteria.domain.MessageType;
import porteria.domain.NotificationStatus;
import porteria.domain.RetryObstacle;

/**
 * What staff may know of a message.
 *
 * @param type empty of what guardians may not choose, such as a link
 * @param cause what made it owed, such as {@code ENTRY}
 * @param student whom it is about; empty of a link
 * @param address masked: enough to recognise, too little to write to
 * @param template code of the wording
 * @param error what the provider said, or we, when it was refused last
 * @param attempts how often it was handed to a sender
 * @param resent whether it may have been told twice: an attempt's outcome was never learnt
 * @param obstacle why one that failed is not sent again
 */
public record NotificationView(
    UUID id,
    Optional<MessageType> type,
    String cause,
    Optional<Person> student,
    Person guardian,
    Channel channel,
    String address,
    String template,
    String language,
    NotificationStatus status,
    Optional<FailureClass> failureClass,
    Optional<String> error,
    int attempts,
    boolean resent,
    Instant createdAt,
    Instant dueAt,
    Optional<Instant> sentAt,
    Optional<Instant> deliveredAt,
    Optional<RetryObstacle> obstacle) {

  /** A pupil or a guardian. */
  public record Person(UUID id, String name) {

    private JsonObject toJson() {
      return new JsonObject().put("id", id.toString()).put("full_name", name);
    }
  }

  /** As the contract states it. */
  public JsonObject toJson() {
    JsonObject json =
        new JsonObject()
            .put("id", id.toString())
            .put("cause", cause)
            .put("guardian", guardian.toJson())
            .put("channel", channel.name())
            .put("address", address)
            .put("template", template)
            .put("language", language)
            .put("status", status.name())
            .put("attempts", attempts)
            .put("resent", resent)
            .put("created_at", createdAt.toString())
            .put("due_at", dueAt.toString());
    type.ifPresent(known -> json.put("type", known.name()));
    student.ifPresent(known -> json.put("student", known.toJson()));
    failureClass.ifPresent(known -> json.put("failure_class", known.name()));
    error.ifPresent(known -> json.put("error", known));
    sentAt.ifPresent(at -> json.put("sent_at", at.toString()));
    deliveredAt.ifPresent(at -> json.put("delivered_at", at.toString()));
    return json;
  }

  /** Names nobody. */
  @Override
  public String toString() {
    return "NotificationView[" + id + "]";
  }
}
