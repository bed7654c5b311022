package porteria.outbox;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import porteria.domain.Channel;

/**
 * Owes guardians the links they asked for. They asked at one address, so nothing is to be expanded:
 * the messages are queued as they are. A message names the link by its id; its words are made when
 * it is sent. The sender finds it by its next poll. Who unsubscribed an address still gets the link
 * they ask for there; an address that cannot be reached, or complained, does not.
 */
public final class LinkMessages {

  private static final String OWE =
      """
      INSERT INTO notification (school_id, cause_id, cause, guardian_id, channel, address, template,
        language, payload, lane, status, due_at, created_at)
      SELECT s.id, l.link_id, 'MAGIC_LINK', l.guardian_id, l.channel, l.address, 'acceso_familias',
        g.language, jsonb_build_object('guardian', g.full_name, 'school', s.name, 'slug', s.slug), 0, 'QUEUED',
        $2::timestamptz, $2::timestamptz
      FROM unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[])
        AS l (link_id, guardian_id, channel, address)
      JOIN school s ON s.id = $1
      JOIN guardian g ON g.school_id = s.id AND g.id = l.guardian_id
      WHERE NOT EXISTS (
        SELECT FROM contact_suppression off
        WHERE off.address = lower(l.address) AND off.channel = l.channel AND off.school_id = s.id
          AND off.reason <> 'UNSUBSCRIBED')
      """;

  private LinkMessages() {}

  /** One link, and where it is told. */
  public record Link(UUID id, UUID guardianId, Channel channel, String address) {

    /** The address stays out of logs. */
    @Override
    public String toString() {
      return "Link[" + id + "]";
    }
  }

  /**
   * Queues a message for each link.
   *
   * @param connection in a transaction of the web role that names the school
   */
  public static Future<Void> owe(
      SqlConnection connection, UUID schoolId, List<Link> links, Instant now) {
    return connection
        .preparedQuery(OWE)
        .execute(
            Tuple.of(schoolId, now.atOffset(ZoneOffset.UTC))
                .addArrayOfUUID(links.stream().map(Link::id).toArray(UUID[]::new))
                .addArrayOfUUID(links.stream().map(Link::guardianId).toArray(UUID[]::new))
                .addArrayOfString(texts(links, link -> link.channel().name()))
                .addArrayOfString(texts(links, Link::address)))
        .mapEmpty();
  }

  private static String[] texts(List<Link> links, Function<Link, String> property) {
    return links.stream().map(property).toArray(String[]::new);
  }
}
