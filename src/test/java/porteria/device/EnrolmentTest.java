package porteria.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** How kiosks come to their tokens, are seen, and end. */
@ExtendWith(RunningServerExtension.class)
class EnrolmentTest {

  private static final String NOBODY = "none";

  private final RunningServer server;
  private final TestSchool school;
  private final TestPupil ana;

  EnrolmentTest(RunningServer server) {
    this.server = server;
    school = server.school();
    ana = school.pupil("Ana Rojas");
    server.clock().advance(Duration.ofMinutes(1));
  }

  @Test
  void a_code_typed_carelessly_enrols_a_kiosk_that_scans_at_once() {
    String code = offer("OESTE-1").get("enrolment_code");
    assertThat(code).matches("[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}");
    String careless =
        code.toLowerCase(Locale.ROOT).replace("-", " ").replace('0', 'o').replace('1', 'l');
    Reply enrolled = enrol(careless);
    assertThat(enrolled.status()).isEqualTo(201);
    assertThat(enrolled.get("device_id")).isEqualTo("OESTE-1");
    assertThat(enrolled.get("gate_id")).isEqualTo("NORTE");
    assertThat(enrolled.list("gates"))
        .extracting(gate -> gate.getString("gate_id"))
        .containsExactly("NORTE", "SUR");
    assertThat(scan(enrolled, 1).status()).isEqualTo(202);
  }

  @Test
  void neither_code_nor_token_is_stored() {
    String code = offer("OESTE-1").get("enrolment_code");
    String token = enrol(code).get("device_token");
    List<String> rows =
        Stream.of("device_enrolment", "device")
            .flatMap(table -> server.sql().lines("SELECT t::text FROM " + table + " t").stream())
            .toList();
    assertThat(String.join("\n", rows)).doesNotContain(code, code.replace("-", ""), token);
  }

  @Test
  void of_fifty_who_redeem_a_code_at_once_one_gets_the_token() {
    String code = offer("OESTE-1").get("enrolment_code");
    List<Future<Reply>> sent =
        Stream.generate(() -> server.posted("/devices/enroll", NOBODY, body(code)))
            .limit(50)
            .toList();
    List<Integer> statuses = sent.stream().map(reply -> reply.await().status()).toList();
    assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
    assertThat(statuses).filteredOn(status -> status == 401).hasSize(49);
    assertThat(devices("OESTE-1")).hasSize(1);
  }

  @Test
  void wrong_used_withdrawn_and_expired_codes_are_answered_alike() {
    String withdrawn = offer("OESTE-1").get("enrolment_code");
    String used = offer("OESTE-1").get("enrolment_code");
    assertThat(enrol(used).status()).isEqualTo(201);
    String expired = offer("OESTE-2").get("enrolment_code");
    server.clock().advance(Duration.ofMinutes(10));
    for (String code : List.of(withdrawn, used, expired, "00000-00000", "?", "ñ")) {
      Reply reply = enrol(code);
      assertThat(reply.status()).as(code).isEqualTo(401);
      assertThat(reply.get("detail"))
          .isEqualTo("This enrolment code is not valid; ask for a new one.");
    }
    assertThat(devices("OESTE-2")).isEmpty();
  }

  @Test
  void who_tries_too_many_codes_is_refused_even_with_a_right_one_until_the_minute_ends() {
    String code = offer("OESTE-1").get("enrolment_code");
    for (int i = 0; i < 30; i++) {
      assertThat(enrol("00000-00000").status()).isEqualTo(401);
    }
    assertThat(enrol(code).status()).isEqualTo(401);
    server.clock().advance(Duration.ofMinutes(1));
    assertThat(enrol(code).status()).isEqualTo(201);
  }

  @Test
  void addresses_of_one_version_six_network_try_codes_as_one() {
    String code = offer("OESTE-1").get("enrolment_code");
    for (int i = 0; i < 30; i++) {
      assertThat(enrolFrom("2001:db8:5:6::" + Integer.toHexString(i + 1), "00000-00000"))
          .isEqualTo(401);
    }
    assertThat(enrolFrom("2001:db8:5:6::ffff", code)).isEqualTo(401);
    assertThat(enrolFrom("2001:db8:5:7::ffff", code)).isEqualTo(201);
  }

  private int enrolFrom(String address, String code) {
    return server
        .request(HttpMethod.POST, "/api/v1/devices/enroll")
        .putHeader("X-Forwarded-For", address)
        .sendJsonObject(body(code))
        .await()
        .statusCode();
  }

  @Test
  void a_reinstalled_kiosk_is_a_new_device_and_counts_from_the_beginning() {
    Reply first = enrol(offer("OESTE-1").get("enrolment_code"));
    assertThat(scan(first, 1).status()).isEqualTo(202);
    Reply second = enrol(offer("OESTE-1").get("enrolment_code"));
    assertThat(second.get("id")).isNotEqualTo(first.get("id"));
    server.clock().advance(DeviceService.LIFE);
    Reply again = scan(second, 1);
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.json().getBoolean("duplicate")).isFalse();
    assertThat(scan(first, 2).status()).as("the one it replaced").isEqualTo(401);
  }

  @Test
  void a_revoked_kiosk_is_refused_within_five_seconds_and_revoking_again_changes_nothing() {
    Reply kiosk = enrol(offer("OESTE-1").get("enrolment_code"));
    assertThat(scan(kiosk, 1).status()).isEqualTo(202);
    String path = "/devices/" + kiosk.get("id") + "/revoke";
    Reply revoked = server.post(path, school.login(Role.ADMIN), new JsonObject());
    assertThat(revoked.status()).isEqualTo(200);
    server.clock().advance(DeviceService.LIFE);
    assertThat(scan(kiosk, 2).status()).isEqualTo(401);
    assertThat(server.post(path, school.login(Role.ADMIN), new JsonObject()).text())
        .isEqualTo(revoked.text());
  }

  @Test
  void devices_of_another_school_do_not_exist() {
    TestSchool other = server.school();
    for (UUID id : List.of(school.north().id(), UUID.randomUUID())) {
      assertThat(
              server
                  .post("/devices/" + id + "/revoke", other.login(Role.ADMIN), new JsonObject())
                  .status())
          .isEqualTo(404);
    }
    assertThat(other.get("/devices").text()).doesNotContain(school.north().id().toString());
  }

  @Test
  void only_an_admin_enrols_and_no_teacher_revokes() {
    String director = school.login(Role.DIRECTOR);
    JsonObject wanted = new JsonObject().put("code", "OESTE-1").put("gate_id", "NORTE");
    assertThat(server.post("/devices", director, wanted).status()).isEqualTo(403);
    String revoke = "/devices/" + school.north().id() + "/revoke";
    String teacher = school.login(Role.TEACHER);
    assertThat(server.post(revoke, teacher, new JsonObject()).status()).isEqualTo(403);
    assertThat(server.post("/devices", school.north().token(), wanted).status()).isEqualTo(403);
  }

  @Test
  void a_gate_that_is_not_there_is_named() {
    JsonObject wanted = new JsonObject().put("code", "OESTE-1").put("gate_id", "OESTE");
    Reply reply = server.post("/devices", school.login(Role.ADMIN), wanted);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.list("errors").getFirst().getString("pointer")).isEqualTo("/gate_id");
  }

  @Test
  void a_kiosk_that_sends_is_seen_and_written_at_most_once_a_minute() {
    Reply kiosk = enrol(offer("OESTE-1").get("enrolment_code"));
    assertThat(device("OESTE-1").getString("last_seen")).isNull();
    String first = server.now().toString();
    scan(kiosk, 1);
    await().until(() -> first.equals(device("OESTE-1").getString("last_seen")));
    long writes = rowVersion(kiosk);
    for (int i = 2; i < 8; i++) {
      server.clock().advance(DeviceService.LIFE);
      assertThat(scan(kiosk, i).status()).isEqualTo(202);
    }
    assertThat(rowVersion(kiosk)).as("not written again within the minute").isEqualTo(writes);
    server.clock().advance(Duration.ofMinutes(1));
    String later = server.now().toString();
    scan(kiosk, 8);
    await().until(() -> later.equals(device("OESTE-1").getString("last_seen")));
  }

  @Test
  void a_heartbeat_is_recorded_and_answered_with_our_time() {
    Reply kiosk = enrol(offer("OESTE-1").get("enrolment_code"));
    Reply reply = beat(kiosk, heartbeat());
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.get("server_time")).isEqualTo(server.now().toString());
    assertThat(reply.json().getJsonObject("config").getInteger("max_batch")).isEqualTo(500);
    JsonObject device = device("OESTE-1");
    assertThat(device.getInteger("battery")).isEqualTo(73);
    assertThat(device.getInteger("queue_len")).isEqualTo(12);
    assertThat(device.getString("version")).isEqualTo("1.4.2");
    assertThat(device.getString("gate_id")).as("it was carried there").isEqualTo("SUR");
    assertThat(device.getString("last_seen")).isEqualTo(server.now().toString());
  }

  @Test
  void a_heartbeat_of_another_device_or_an_unknown_gate_is_refused() {
    Reply kiosk = enrol(offer("OESTE-1").get("enrolment_code"));
    assertThat(beat(kiosk, heartbeat().put("device_id", "KIOSCO-SUR")).status()).isEqualTo(403);
    assertThat(beat(kiosk, heartbeat().put("gate_id", "OESTE")).status()).isEqualTo(400);
    assertThat(beat(kiosk, heartbeat().put("battery", 101)).status()).isEqualTo(400);
  }

  @Test
  void offering_enrolling_and_revoking_are_in_the_audit_trail_once_each() {
    Reply kiosk = enrol(offer("OESTE-1").get("enrolment_code"));
    String path = "/devices/" + kiosk.get("id") + "/revoke";
    server.post(path, school.login(Role.ADMIN), new JsonObject());
    server.post(path, school.login(Role.ADMIN), new JsonObject());
    assertThat(
            server
                .sql()
                .lines(
                    "SELECT actor_kind, action FROM audit_log"
                        + " WHERE school_id = ? AND action LIKE 'device.%' ORDER BY seq",
                    school.id()))
        .containsExactly(
            "STAFF device.offered", "ANONYMOUS device.enrolled", "STAFF device.revoked");
  }

  private Reply offer(String code) {
    JsonObject wanted = new JsonObject().put("code", code).put("gate_id", "NORTE");
    Reply reply = server.post("/devices", school.login(Role.ADMIN), wanted);
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    return reply;
  }

  private Reply enrol(String code) {
    return server.post("/devices/enroll", NOBODY, body(code));
  }

  private static JsonObject body(String code) {
    return new JsonObject().put("enrolment_code", code);
  }

  private Reply scan(Reply kiosk, long number) {
    JsonObject scan =
        school
            .north()
            .read(ana, number % 2 == 1 ? "IN" : "OUT", server.now())
            .put("device_id", kiosk.get("device_id"))
            .put("local_seq", number)
            .put("sent_at", server.now().toString());
    return server.post("/attendance/scan", kiosk.get("device_token"), scan);
  }

  private Reply beat(Reply kiosk, JsonObject heartbeat) {
    return server.post("/devices/heartbeat", kiosk.get("device_token"), heartbeat);
  }

  private JsonObject heartbeat() {
    return new JsonObject()
        .put("device_id", "OESTE-1")
        .put("gate_id", "SUR")
        .put("battery", 73)
        .put("queue_len", 12)
        .put("version", "1.4.2")
        .put("sent_at", server.now().toString());
  }

  private JsonObject device(String code) {
    return devices(code).getFirst();
  }

  private List<JsonObject> devices(String code) {
    return school.get("/devices").list("items").stream()
        .filter(device -> code.equals(device.getString("code")))
        .toList();
  }

  /** Changes with every write of the row. */
  private long rowVersion(Reply kiosk) {
    return server
        .sql()
        .number("SELECT xmin::text FROM device WHERE id = ?", UUID.fromString(kiosk.get("id")));
  }
}
