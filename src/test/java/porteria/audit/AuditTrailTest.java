package porteria.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porteria.domain.Failure;
import porteria.domain.Failure.Kind;
import porteria.testkit.Results;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

@ExtendWith(TestServersExtension.class)
class AuditTrailTest {

  private AuditDatabase audit;
  private UUID school;

  @BeforeEach
  void open(TestServers servers) {
    audit = new AuditDatabase(servers);
    school = audit.school("colegio");
  }

  @AfterEach
  void close() {
    audit.close();
  }

  @Test
  void an_entry_says_who_did_what_to_what_and_when() {
    audit.act(school, "julia");
    StoredEntry entry = audit.chain(school).getFirst();
    assertThat(entry.seq()).isEqualTo(1);
    assertThat(entry.at()).isEqualTo(AuditDatabase.NOW.truncatedTo(ChronoUnit.MICROS));
    assertThat(entry.actorKind()).isEqualTo("STAFF");
    assertThat(entry.actorRole()).contains("ADMIN");
    assertThat(entry.ip()).contains("2001:db8::7");
    assertThat(entry.action()).isEqualTo("staff.role_changed");
    assertThat(entry.entity()).isEqualTo("staff_user");
    assertThat(entry.entityId()).isEqualTo("julia");
    assertThat(entry.before()).contains("{\"role\": \"TEACHER\"}");
    assertThat(entry.after()).contains("{\"ñ\": 1.5, \"role\": \"DIRECTOR\"}");
  }

  @Test
  void looks_at_photos_are_found_under_the_name_that_events_had_before_too() {
    for (String entity : List.of("event", "attendance_event", "student")) {
      AuditEntry look =
          new AuditEntry(
              school,
              new AuditActor(
                  AuditActor.Kind.SYSTEM, Optional.empty(), Optional.empty(), Optional.empty()),
              "photo.viewed",
              entity,
              entity,
              Optional.empty(),
              Optional.empty());
      Results.of(
          audit.database().inSchool(school, connection -> audit.trail().append(connection, look)));
    }
    AuditLog log = new AuditLog(audit.database(), audit.trail());
    AuditQuery events =
        new AuditQuery(
            school,
            Optional.empty(),
            Optional.empty(),
            Optional.of("attendance_event"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(Results.of(log.find(events, 10)).items())
        .extracting(StoredEntry::entityId)
        .containsExactly("attendance_event", "event");
  }

  @Test
  void the_hash_is_the_one_that_the_package_states() {
    audit.act(school, "julia");
    // The encoding written out by hand, apart from the code of either side.
    String fields =
        Stream.of(
                "porteria-audit-1",
                school.toString(),
                "1",
                "1772449200123456",
                "STAFF",
                "0197f1c6-0000-7000-8000-000000000001",
                "ADMIN",
                "2001:db8::7",
                "staff.role_changed",
                "staff_user",
                "julia",
                "{\"role\": \"TEACHER\"}",
                "{\"ñ\": 1.5, \"role\": \"DIRECTOR\"}",
                "0".repeat(64))
            .map(AuditTrailTest::field)
            .collect(Collectors.joining());
    String hash =
        audit
            .superuser()
            .lines("SELECT encode(sha256(decode(?, 'hex')), 'hex')", fields)
            .getFirst();
    assertThat(HexFormat.of().formatHex(audit.chain(school).getFirst().hash().getBytes()))
        .isEqualTo(hash);
  }

  @Test
  void what_is_not_said_has_a_place_of_its_own_in_the_hash() {
    AuditActor nobody =
        new AuditActor(
            AuditActor.Kind.ANONYMOUS, Optional.empty(), Optional.empty(), Optional.empty());
    AuditEntry entry =
        new AuditEntry(
            school, nobody, "staff.locked", "staff_user", "", Optional.empty(), Optional.empty());
    Results.of(audit.acting(entry));
    assertChained();
    assertThat(audit.chain(school).getFirst().ip()).isEmpty();
  }

  @Test
  void entries_written_at_once_form_one_chain_without_gaps() {
    List<Future<Void>> acts =
        IntStream.range(0, 50)
            .mapToObj(i -> audit.acting(AuditDatabase.entry(school, "act " + i)))
            .toList();
    Results.of(Future.all(acts));
    assertThat(audit.chain(school))
        .hasSize(50)
        .extracting(StoredEntry::entityId)
        .doesNotHaveDuplicates();
    assertChained();
  }

  @Test
  void an_act_that_fails_leaves_neither_entry_nor_gap() {
    audit.act(school, "first");
    Failure failure =
        Results.failureOf(
            audit
                .database()
                .inSchool(
                    school,
                    transaction ->
                        audit
                            .trail()
                            .append(transaction, AuditDatabase.entry(school, "undone"))
                            .compose(
                                written ->
                                    Future.failedFuture(
                                        Failure.of(Kind.CONFLICT, "no").asException()))));
    assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
    audit.act(school, "second");
    assertThat(audit.chain(school))
        .extracting(StoredEntry::entityId)
        .containsExactly("first", "second");
    assertChained();
  }

  @Test
  void each_school_has_a_chain_of_its_own() {
    UUID other = audit.school("liceo");
    audit.act(school, "here");
    audit.act(other, "there");
    audit.act(school, "here again");
    assertThat(audit.chain(school)).extracting(StoredEntry::seq).containsExactly(1L, 2L);
    assertThat(audit.chain(other)).extracting(StoredEntry::entityId).containsExactly("there");
    assertChained();
  }

  @Test
  void nobody_writes_into_the_chain_of_another_school() {
    UUID other = audit.school("liceo");
    Failure failure =
        Results.failureOf(
            audit
                .database()
                .inSchool(
                    school,
                    transaction ->
                        audit.trail().append(transaction, AuditDatabase.entry(other, "x"))));
    assertThat(failure.kind()).isEqualTo(Kind.INTERNAL);
    assertThat(audit.chain(other)).isEmpty();
  }

  @Test
  void the_chain_believes_no_writer_about_its_numbers_and_hashes() {
    audit.act(school, "first");
    Results.of(
        audit
            .database()
            .inSchool(
                school,
                transaction ->
                    transaction
                        .preparedQuery(
                            """
                            INSERT INTO audit_log (school_id, seq, at, actor_kind, action, entity,
                              entity_id, previous_hash, hash)
                            VALUES ($1, 1, now(), 'SYSTEM', 'a.b', 'c', 'd', sha256('x'), sha256('y'))
                            """)
                        .execute(Tuple.of(school))));
    assertChained();
    assertThat(audit.chain(school)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE audit_log SET action = 'x.y'",
        "DELETE FROM audit_log",
        "TRUNCATE audit_log",
        "DELETE FROM audit_chain",
        "TRUNCATE audit_chain"
      })
  void what_is_written_is_neither_changed_nor_taken_out_even_by_a_superuser(String sql) {
    audit.act(school, "julia");
    assertThatThrownBy(() -> audit.superuser().lines(sql))
        .rootCause()
        .hasMessageContaining(sql.substring(0, sql.indexOf(' ')) + " is refused");
    assertThat(audit.chain(school)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE audit_log SET action = 'x.y'",
        "DELETE FROM audit_log",
        "TRUNCATE audit_log",
        "UPDATE audit_chain SET seq = 0",
        "INSERT INTO audit_chain (school_id) VALUES (gen_random_uuid())"
      })
  void those_who_serve_people_lack_even_the_right_to(String sql) {
    Failure failure =
        Results.failureOf(
            audit.database().inSchool(school, transaction -> transaction.query(sql).execute()));
    assertThat(failure.kind()).isEqualTo(Kind.INTERNAL);
  }

  /** Each entry has the hash that its fields make, and carries that of the one before it. */
  private void assertChained() {
    List<StoredEntry> chain = audit.chain(school);
    assertThat(chain)
        .extracting(StoredEntry::seq)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, chain.size()).boxed().toList());
    assertThat(chain).allSatisfy(entry -> assertThat(entry.hash()).isEqualTo(AuditHash.of(entry)));
    assertThat(chain.getFirst().previousHash()).isEqualTo(AuditHash.NONE_BEFORE);
    for (int i = 1; i < chain.size(); i++) {
      assertThat(chain.get(i).previousHash()).isEqualTo(chain.get(i - 1).hash());
    }
  }

  private static String field(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return "%08x".formatted(bytes.length) + HexFormat.of().formatHex(bytes);
  }
}
