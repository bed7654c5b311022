package porteria.embedded.morning;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.impl.HttpResponseImpl;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import porteria.domain.Failure;
import porteria.domain.RejectionReason;
import porteria.domain.ScanType;

/** The guide for builders of kiosks says what the twin does and the contract states. */
class KioskGuideTest {
  private static final String NEVER = "–";
  private static final String NO_ANSWER = "none";
  private static final String EVENT = "01a1fd6c-a0df-7d52-b1c1-90a7c1a3c001";
  private static final Instant NOW = Instant.parse("2026-11-23T10:52:11.250Z");
  private static final Scan SCAN =
      new Scan(
          "DEV-1",
          "GATE-1",
          1,
          Card.nfc(SmallSchool.pupil(1)),
          ScanType.IN,
          NOW,
          NOW,
          Expected.RECORDED,
          false,
          Tap.Twist.NONE);

  private final KioskGuide guide = new KioskGuide();
  private final ContractSchemas contract = new ContractSchemas();

  @Test
  void the_table_of_statuses_is_what_the_twin_does() {
    for (List<String> row : guide.table("retry-table")) {
      if (row.get(0).equals(NO_ANSWER)) {
        continue;
      }
      int status = Integer.parseInt(row.get(0));
      if (!row.get(1).equals(NEVER)) {
        assertThat(word(Replies.single(single(status))))
            .as("a single scan answered %d", status)
            .isEqualTo(row.get(1));
      }
      if (!row.get(2).equals(NEVER)) {
        Reply reply = Replies.batch(List.of(SCAN), batch(status, "ACCEPTED", false));
        assertThat(status == 200 && word(reply).equals("accepted") ? "verdicts" : word(reply))
            .as("a batch answered %d", status)
            .isEqualTo(row.get(2));
      }
    }
  }

  @Test
  void the_table_of_statuses_has_every_status_the_server_answers() {
    Set<String> failures =
        Stream.of(Failure.Kind.values())
            .map(kind -> String.valueOf(kind.status()))
            .collect(Collectors.toSet());

    assertThat(guide.table("retry-table"))
        .extracting(List::getFirst)
        .containsAll(failures)
        .contains("200", "202", NO_ANSWER)
        .doesNotHaveDuplicates();
  }

  @Test
  void no_answer_is_what_the_twin_takes_it_for() {
    Vertx vertx = Vertx.vertx();
    try {
      // Port 1 of this machine refuses at once.
      KioskLine line =
          new KioskLine(
              WebClient.create(vertx), "http://127.0.0.1:1", "token", Duration.ofSeconds(2));
      List<String> row =
          guide.table("retry-table").stream()
              .filter(cells -> cells.get(0).equals(NO_ANSWER))
              .findFirst()
              .orElseThrow();

      assertThat(word(line.send(SCAN, NOW).await())).isEqualTo(row.get(1));
      assertThat(word(line.send(List.of(SCAN), NOW).await())).isEqualTo(row.get(2));
    } finally {
      vertx.close().await();
    }
  }

  @Test
  void the_kotlin_rules_are_those_of_the_table() {
    Map<String, String> meanings =
        Map.of(
            "accepted", "ACCEPTED",
            "verdicts", "VERDICTS",
            "rejected", "REJECTED",
            "conflict", "CONFLICT",
            "invalid", "INVALID",
            "enrol", "ENROL",
            "later", "LATER");
    for (List<String> row : guide.table("retry-table")) {
      if (!row.get(0).equals(NO_ANSWER)) {
        String outcome = row.get(1).equals(NEVER) ? row.get(2) : row.get(1);
        assertThat(kotlinMeaning(row.get(0)))
            .as("RetryRules.kt for %s", row.get(0))
            .isEqualTo(meanings.get(outcome));
      }
    }
  }

  @Test
  void the_server_s_wish_to_be_left_alone_is_heard() {
    MultiMap wish = MultiMap.caseInsensitiveMultiMap().add("Retry-After", "7");

    for (int status : List.of(429, 503)) {
      assertThat(Replies.single(response(status, wish, new JsonObject())))
          .isEqualTo(new Reply.Later(Optional.of(Duration.ofSeconds(7))));
    }
  }

  @Test
  void the_table_of_verdicts_is_what_the_twin_does() {
    for (List<String> row : guide.table("verdict-table")) {
      boolean retry = Boolean.parseBoolean(row.get(1));
      assertThat(word(Replies.batch(List.of(SCAN), batch(200, row.get(0), retry))))
          .as("the verdict %s", row.get(0))
          .isEqualTo(row.get(2));
    }
    JsonObject verdict =
        contract
            .named("Verdicts")
            .getJsonObject("properties")
            .getJsonObject("verdicts")
            .getJsonObject("items");
    assertThat(guide.table("verdict-table"))
        .extracting(List::getFirst)
        .containsExactlyInAnyOrderElementsOf(
            strings(verdict.getJsonObject("properties").getJsonObject("status")));
  }

  @Test
  void the_pauses_are_those_of_the_twin_and_of_the_kotlin_rules() {
    RetryRules rules = RetryRules.ofAKiosk();
    String kotlin = KioskGuide.kotlin("RetryRules.kt");

    assertThat(guide.table("pauses"))
        .extracting(row -> row.get(1))
        .containsExactly(
            String.valueOf(rules.timeout().toMillis()),
            String.valueOf(rules.first().toMillis()),
            String.valueOf(rules.longest().toMillis()))
        .containsExactly(
            KioskGuide.constant(kotlin, "TIMEOUT_MILLIS"),
            KioskGuide.constant(kotlin, "FIRST_PAUSE_MILLIS"),
            KioskGuide.constant(kotlin, "LONGEST_PAUSE_MILLIS"));
  }

  @Test
  void the_reasons_are_the_closed_list_with_the_words_of_the_kotlin_screen() {
    List<List<String>> rows = guide.table("reasons");
    String kotlin = KioskGuide.kotlin("ScreenTexts.kt");

    assertThat(rows)
        .extracting(List::getFirst)
        .containsExactly(
            Stream.of(RejectionReason.values()).map(Enum::name).toArray(String[]::new));
    assertThat(rows)
        .allSatisfy(
            row -> assertThat(kotlin).contains("\"" + row.get(0) + "\" to \"" + row.get(1) + "\""));
    assertThat(Pattern.compile("\"[A-Z_]+\" to ").matcher(kotlin).results()).hasSize(rows.size());
  }

  @Test
  void every_example_fits_the_contract() {
    assertThat(guide.examples()).hasSize((int) guide.jsonBlocks()).isNotEmpty();
    for (KioskGuide.Example example : guide.examples()) {
      if (contract.has(example.method(), example.path())) {
        assertThat(
                contract.mistakes(
                    example.method(), example.path(), example.status(), example.json()))
            .as("%s", example)
            .isEmpty();
      } else {
        assertThat(example.planned()).as("%s is in the contract or planned", example).isTrue();
      }
    }
  }

  @Test
  void every_scan_of_the_example_batch_fits_the_contract_too() {
    KioskGuide.Example batch =
        guide.examples().stream()
            .filter(
                example -> example.path().equals("/attendance/scans") && example.status().isEmpty())
            .findFirst()
            .orElseThrow();

    assertThat(new JsonObject(batch.json()).getJsonArray("scans"))
        .isNotEmpty()
        .allSatisfy(
            scan -> assertThat(contract.mistakesBy("Scan", String.valueOf(scan))).isEmpty());
  }

  @Test
  void every_file_it_names_is_there_and_every_file_there_is_named() {
    Set<String> inSteps =
        guide.steps().stream()
            .flatMap(row -> KioskGuide.quoted(row.get(1)).stream())
            .map(file -> file.replace("kotlin/", ""))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(inSteps).isEqualTo(KioskGuide.filesThere());
    assertThat(KioskGuide.filesThere()).containsAll(guide.kotlinFiles());
  }

  @Test
  void every_class_of_the_twin_it_names_is_there() {
    List<String> twins =
        guide.steps().stream().flatMap(row -> KioskGuide.quoted(row.get(2)).stream()).toList();

    assertThat(twins).isNotEmpty().allMatch(KioskGuideTest::isTwin);
  }

  private static boolean isTwin(String name) {
    try {
      Class.forName("porteria.embedded.morning." + name, false, KioskGuide.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException gone) {
      return false;
    }
  }

  private static String word(Reply reply) {
    return switch (reply) {
      case Reply.Later later -> "later";
      case Reply.Unwelcome unwelcome -> "enrol";
      case Reply.Judged(List<Reply.Verdict> verdicts) -> word(verdicts.getFirst());
    };
  }

  private static String word(Reply.Verdict verdict) {
    return switch (verdict) {
      case Reply.Verdict.Retry() -> "later";
      case Reply.Verdict.Final(Answer answer) ->
          switch (answer) {
            case Answer.Accepted accepted -> "accepted";
            case Answer.Rejected rejected -> "rejected";
            case Answer.Conflict() -> "conflict";
            case Answer.Invalid invalid -> "invalid";
          };
    };
  }

  private static HttpResponse<Buffer> single(int status) {
    JsonObject body =
        switch (status) {
          case 202 ->
              new JsonObject()
                  .put("event_id", EVENT)
                  .put("student", new JsonObject().put("id", EVENT).put("first_name", "Amanda"))
                  .put("occurred_at", NOW.toString())
                  .put("duplicate", false)
                  .put("flags", new JsonArray());
          case 422 -> new JsonObject().put("reason", "UNKNOWN_TOKEN").put("duplicate", false);
          default -> new JsonObject().put("status", status);
        };
    return response(status, MultiMap.caseInsensitiveMultiMap(), body);
  }

  private static HttpResponse<Buffer> batch(int status, String verdict, boolean retry) {
    JsonObject item =
        new JsonObject()
            .put("local_seq", SCAN.localSeq())
            .put("status", verdict)
            .put("retry", retry)
            .put("flags", new JsonArray());
    switch (verdict) {
      case "ACCEPTED", "DUPLICATE" -> item.put("event_id", EVENT);
      case "REJECTED" -> item.put("reason", "UNKNOWN_TOKEN");
      default -> item.put("detail", "why");
    }
    JsonObject body =
        status == 200
            ? new JsonObject().put("verdicts", new JsonArray().add(item))
            : new JsonObject().put("status", status);
    return response(status, MultiMap.caseInsensitiveMultiMap(), body);
  }

  private static HttpResponse<Buffer> response(int status, MultiMap headers, JsonObject body) {
    return new HttpResponseImpl<>(
        HttpVersion.HTTP_1_1,
        status,
        "",
        headers,
        MultiMap.caseInsensitiveMultiMap(),
        List.of(),
        body.toBuffer(),
        List.of());
  }

  /** Reads the branches of {@code RetryRules.meaning} as they are written. */
  private static String kotlinMeaning(String status) {
    Predicate<String> hasIt = branch -> List.of(branch.split(",\\s*")).contains(status);
    return Pattern.compile("(?m)^\\s+([\\d, ]+) -> Meaning\\.(\\w+)$")
        .matcher(KioskGuide.kotlin("RetryRules.kt"))
        .results()
        .filter(branch -> hasIt.test(branch.group(1)))
        .map(branch -> branch.group(2))
        .findFirst()
        .orElseGet(() -> kotlinRange(Integer.parseInt(status)));
  }

  private static String kotlinRange(int status) {
    String rules = KioskGuide.kotlin("RetryRules.kt");
    assertThat(rules).contains("in 400..499 -> Meaning.INVALID", "else -> Meaning.LATER");
    return status >= 400 && status <= 499 ? "INVALID" : "LATER";
  }

  private static List<String> strings(JsonObject schema) {
    return schema.getJsonArray("enum").stream().map(String.class::cast).toList();
  }
}
