package porteria.roster;

import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import porteria.domain.Channel;
import porteria.domain.SuppressionReason;

/**
 * A contact as it is kept.
 *
 * @param suppressed empty when it is written to; of the address, so of everybody who shares it
 * @param lastMessage empty when none was ever owed to the guardian there
 */
public record KeptContact(
    UUID id,
    Contact contact,
    Optional<ContactSuppression> suppressed,
    Optional<LastMessage> lastMessage) {

  /** For statements: the contact {@code c} as {@link #of} reads it, in one column. */
  static final String JSON =
      """
      jsonb_build_object('id', c.id, 'channel', c.channel, 'address', c.address,
        'verified', c.verified, 'off', (
          SELECT jsonb_build_object('reason', off.reason, 'since', off.since)
          FROM contact_suppression off
          WHERE off.address = lower(c.address) AND off.channel = c.channel
            AND off.school_id = c.school_id),
        'last', (
          SELECT jsonb_build_object('id', n.id, 'status', n.status, 'at', n.created_at,
            'failure_class', n.failure_class)
          FROM notification n
          WHERE n.guardian_id = c.guardian_id AND n.school_id = c.school_id
            AND n.channel = c.channel AND n.address = c.address
          ORDER BY n.created_at DESC, n.id DESC
          LIMIT 1))\
      """;

  static KeptContact of(JsonObject json) {
    return new KeptContact(
        UUID.fromString(json.getString("id")),
        new Contact(
            Channel.valueOf(json.getString("channel")),
            json.getString("address"),
            json.getBoolean("verified")),
        Optional.ofNullable(json.getJsonObject("off"))
            .map(
                off ->
                    new ContactSuppression(
                        SuppressionReason.valueOf(off.getString("reason")),
                        OffsetDateTime.parse(off.getString("since")).toInstant())),
        Optional.ofNullable(json.getJsonObject("last")).map(LastMessage::of));
  }
}
