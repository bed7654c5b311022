package porteria.device;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.db.Database;
import porteria.domain.Gate;
import porteria.domain.Kiosk;

/** The rows of devices. */
final class DeviceRepository {

  private static final Logger LOG = LoggerFactory.getLogger(DeviceRepository.class);

  /** One row a gate of the device's school; before a token is known its school is not. */
  private static final String BY_TOKEN_HASHES =
      """
      SELECT device.token_hash, device.school_id, device.id AS device_id, device.code AS device_code,
             school.timezone, school.repeat_seconds, gate.id AS gate_id, gate.code AS gate_code,
             gate.name AS gate_name
      FROM device
      JOIN school ON school.id = device.school_id
      JOIN gate ON gate.school_id = device.school_id
      WHERE device.token_hash = ANY ($1) AND device.revoked_at IS NULL
      """;

  private final Database database;

  DeviceRepository(Database database) {
    this.database = database;
  }

  /**
   * The kiosks that are not revoked, by the hash of their token; of the hashes given, those that
   * are missing in the answer belong to nobody.
   */
  Future<Map<Buffer, Kiosk>> findByTokenHashes(List<Buffer> hashes) {
    Tuple parameters = Tuple.of((Object) hashes.toArray(Buffer[]::new));
    return database.workerQuery(BY_TOKEN_HASHES, parameters).map(DeviceRepository::kiosks);
  }

  private static Map<Buffer, Kiosk> kiosks(RowSet<Row> rows) {
    Map<UUID, Map<String, Gate>> gates = new HashMap<>();
    for (Row row : rows) {
      Gate gate =
          new Gate(row.getUUID("gate_id"), row.getString("gate_code"), row.getString("gate_name"));
      gates.computeIfAbsent(row.getUUID("school_id"), id -> new HashMap<>()).put(gate.code(), gate);
    }
    gates.replaceAll((school, ofSchool) -> Map.copyOf(ofSchool));
    Map<Buffer, Kiosk> kiosks = new HashMap<>();
    for (Row row : rows) {
      Buffer hash = row.getBuffer("token_hash");
      if (!kiosks.containsKey(hash)) {
        addKiosk(kiosks, hash, row, gates.getOrDefault(row.getUUID("school_id"), Map.of()));
      }
    }
    return kiosks;
  }

  /** A school whose zone cannot be read loses its kiosks, not everybody's. */
  private static void addKiosk(
      Map<Buffer, Kiosk> kiosks, Buffer hash, Row row, Map<String, Gate> gates) {
    UUID school = row.getUUID("school_id");
    try {
      ZoneId zone = ZoneId.of(row.getString("timezone"));
      UUID device = row.getUUID("device_id");
      Optional<Duration> repeatWindow =
          Optional.ofNullable(row.getInteger("repeat_seconds")).map(Duration::ofSeconds);
      kiosks.put(
          hash, new Kiosk(school, device, row.getString("device_code"), zone, repeatWindow, gates));
    } catch (DateTimeException e) {
      LOG.error("school {} has no usable time zone, its kiosks are refused", school, e);
    }
  }
}
