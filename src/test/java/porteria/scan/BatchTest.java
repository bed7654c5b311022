package porteria.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestKiosk;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** Many scans in one request: one verdict each, and one bad item blocks nobody. */
@ExtendWith(RunningServerExtension.class)
class BatchTest {

  private static final String NULL = "stands for null";

  private final RunningServer server;
  private final TestSchool school;
  private final TestKiosk kiosk;
  private final TestPupil ana;

  BatchTest(RunningServer server) {
    this.server = server;
    school = server.school();
    kiosk = school.north();
    ana = school.pupil("Ana Rojas");
  }

  @Test
  void five_hundred_scans_get_five_hundred_verdicts_in_the_order_sent() {
    List<TestPupil> pupils =
        IntStream.range(0, 20).mapToObj(number -> school.pupil("Pupil " + number)).toList();
    List<JsonObject> scans = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      Instant at = server.now().minus(Duration.ofSeconds(100L * (i / 20)));
      scans.add(kiosk.read(pupils.get(i % 20), "IN", at));
    }
    Collections.shuffle(scans, new Random(3));
    List<JsonObject> verdicts = kiosk.sendAll(scans).list("verdicts");
    assertThat(verdicts)
        .extracting(verdict -> verdict.getLong("local_seq"))
        .isEqualTo(scans.stream().map(scan -> scan.getLong("local_seq")).toList());
    assertThat(verdicts).extracting(BatchTest::status).containsOnly("ACCEPTED");
    assertThat(events()).isEqualTo(500);
    assertThat(school.get("/attendance/day").json().getLong("seq")).isEqualTo(500);
  }

  @Test
  void a_number_beyond_all_limits_is_invalid_and_blocks_nobody() {
    JsonObject poison = kiosk.read(ana, "IN", server.now()).put("local_seq", 1e300);
    List<JsonObject> verdicts =
        kiosk
            .sendAll(
                List.of(
                    kiosk.read(school.pupil("Luis Soto"), "IN", server.now()),
                    poison,
                    kiosk.read(ana, "IN", server.now())))
            .list("verdicts");
    assertThat(verdicts)
        .extracting(BatchTest::status)
        .containsExactly("ACCEPTED", "INVALID", "ACCEPTED");
    assertThat(kiosk.send(poison).status()).isEqualTo(400);
  }

  @Test
  void five_hundred_and_one_are_refused_together_and_none_is_recorded() {
    List<JsonObject> scans = new ArrayList<>();
    for (int i = 0; i < 501; i++) {
      scans.add(kiosk.read(ana, "IN", server.now()));
    }
    assertThat(kiosk.sendAll(scans).status()).isEqualTo(400);
    assertThat(kiosk.sendAll(List.of()).status()).isEqualTo(400);
    assertThat(events()).isZero();
  }

  @Test
  void each_kind_of_verdict_says_whether_to_send_again() {
    JsonObject known = kiosk.read(ana, "IN", server.now());
    kiosk.send(known);
    List<JsonObject> verdicts =
        kiosk.verdicts(
            known,
            known.copy().put("type", "OUT"),
            kiosk.read("NFC", "nobody-holds-this", "IN"),
            kiosk.read(ana, "OUT", server.now()),
            kiosk.read(ana, "SIDEWAYS", server.now()));
    assertThat(verdicts)
        .extracting(BatchTest::status)
        .containsExactly("DUPLICATE", "CONFLICT", "REJECTED", "ACCEPTED", "INVALID");
    assertThat(verdicts).extracting(verdict -> verdict.getBoolean("retry")).containsOnly(false);
    assertThat(verdicts.get(2).getString("reason")).isEqualTo("UNKNOWN_TOKEN");
    assertThat(verdicts.get(4).getString("detail")).contains("/type");
  }

  static Stream<Arguments> poison() {
    return Stream.of(
        arguments("a token that is a number", with("token", 7)),
        arguments("a type that is an object", with("type", new JsonObject())),
        arguments("a number that is text", with("local_seq", "7")),
        arguments("a negative number", with("local_seq", -1)),
        arguments("a fraction of a number", with("local_seq", 1.5)),
        arguments("a number beyond all", with("local_seq", new BigInteger("9".repeat(30)))),
        arguments("no number", without("local_seq")),
        arguments("no token", without("token")),
        arguments("an unknown gate", with("gate_id", "OESTE")),
        arguments("a foreign device", with("device_id", "KIOSCO-SUR")),
        arguments("a time that is none", with("captured_at", "yesterday, about seven o'clock")),
        arguments("a year of six digits", with("captured_at", "+300000-01-01T00:00:00Z")),
        arguments("a year beyond all", with("captured_at", "+999999999-12-31T23:59:59Z")),
        arguments("a year before all", with("captured_at", "-999999999-01-01T00:00:00Z")),
        arguments("an unknown field", with("colour", "red")),
        arguments("a text", whole("a text")),
        arguments("a number", whole(7)),
        arguments("an array", whole(new JsonArray())),
        arguments("nothing in it", whole(new JsonObject())),
        arguments("null", (UnaryOperator<Object>) scan -> NULL));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("poison")
  void a_bad_item_blocks_no_other(String name, UnaryOperator<Object> spoil) {
    JsonObject first = kiosk.read(ana, "IN", server.now().minusSeconds(30));
    Object bad = spoil.apply(kiosk.read(ana, "OUT", server.now().minusSeconds(20)));
    JsonObject last = kiosk.read(ana, "OUT", server.now().minusSeconds(10));
    JsonArray scans = new JsonArray().add(first);
    if (NULL.equals(bad)) {
      scans.addNull();
    } else {
      scans.add(bad);
    }
    Reply reply = kiosk.sendAll(scans.add(last).getList());
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.list("verdicts"))
        .extracting(BatchTest::status)
        .containsExactly("ACCEPTED", "INVALID", "ACCEPTED");
    assertThat(reply.list("verdicts").get(1).getBoolean("retry")).isFalse();
    assertThat(events()).isEqualTo(2);
  }

  @Test
  void a_row_that_the_database_refuses_blocks_no_other() {
    TestPupil poison = school.pupil("Beto Rojas");
    server
        .sql()
        .lines(
            "ALTER TABLE attendance_event ADD CONSTRAINT poison CHECK (student_id <> '%s')"
                .formatted(poison.id()));
    try {
      List<JsonObject> verdicts =
          kiosk.verdicts(
              kiosk.read(ana, "IN", server.now().minusSeconds(5)),
              kiosk.read(poison, "IN", server.now()),
              kiosk.read("NFC", "nobody-holds-this", "IN"),
              kiosk.read(ana, "OUT", server.now()));
      assertThat(verdicts)
          .extracting(BatchTest::status)
          .containsExactly("ACCEPTED", "FAILED", "REJECTED", "ACCEPTED");
      assertThat(verdicts.get(1).getBoolean("retry"))
          .as("our fault: nothing is thrown away")
          .isTrue();
      assertThat(verdicts.get(1).containsKey("event_id")).isFalse();
      assertThat(events()).isEqualTo(2);
      assertThat(school.get("/attendance/day").json().getLong("seq")).isEqualTo(3);
    } finally {
      server.sql().lines("ALTER TABLE attendance_event DROP CONSTRAINT poison");
    }
    assertThat(kiosk.in(poison, server.now()).status()).isEqualTo(202);
  }

  private long events() {
    return server
        .sql()
        .number("SELECT count(*) FROM attendance_event WHERE school_id = ?", school.id());
  }

  private static String status(JsonObject verdict) {
    return verdict.getString("status");
  }

  private static UnaryOperator<Object> with(String field, Object value) {
    return scan -> ((JsonObject) scan).copy().put(field, value);
  }

  private static UnaryOperator<Object> without(String field) {
    return scan -> {
      JsonObject rest = ((JsonObject) scan).copy();
      rest.remove(field);
      return rest;
    };
  }

  private static UnaryOperator<Object> whole(Object item) {
    return scan -> item;
  }
}
