package porteria.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vertx.sqlclient.Tuple;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.audit.ChainCheck.BrokenLink;
import porteria.testkit.Results;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

@ExtendWith(TestServersExtension.class)
class AuditVerifierTest {

  private static final String REWRITE =
      "UPDATE audit_log SET action = 'x.y', hash = audit_hash(ROW(school_id, seq, at, actor_kind,"
          + " actor_id, actor_role, ip, 'x.y', entity, entity_id, before, after, previous_hash,"
          + " hash)::audit_log) WHERE seq = ?";

  private static final String MANY =
      """
      INSERT INTO audit_log (school_id, at, actor_kind, action, entity, entity_id)
      SELECT $1, now(), 'SYSTEM', 'act.repeated', 'thing', n::text FROM generate_series(1, 1100) n
      """;

  private AuditDatabase audit;
  private UUID school;

  @BeforeEach
  void open(TestServers servers) {
    audit = new AuditDatabase(servers);
    school = audit.school("colegio");
    for (int i = 1; i <= 5; i++) {
      audit.act(school, "act " + i);
    }
  }

  @AfterEach
  void close() {
    audit.close();
  }

  @Test
  void a_chain_that_nobody_touched_holds() {
    ChainCheck check = verify();
    assertThat(check.school()).isEqualTo("colegio");
    assertThat(check.broken()).isEmpty();
    assertThat(check.entries()).isEqualTo(5);
    assertThat(check.hash())
        .isEqualTo(HexFormat.of().formatHex(audit.chain(school).getLast().hash().getBytes()));
  }

  @Test
  void a_school_in_which_nobody_acted_has_a_chain_that_holds() {
    audit.school("liceo");
    assertThat(Results.of(verifier().verify(Optional.of("liceo"))))
        .containsExactly(new ChainCheck("liceo", 0, "0".repeat(64), Optional.empty()));
  }

  @Test
  void a_chain_longer_than_a_page_is_walked_to_its_end() {
    Results.of(
        audit
            .database()
            .inSchool(
                school, transaction -> transaction.preparedQuery(MANY).execute(Tuple.of(school))));
    assertThat(verify().entries()).isEqualTo(1_105);
    audit.tamper("UPDATE audit_log SET ip = '::1' WHERE seq = 1050");
    assertThat(verify().broken()).map(BrokenLink::seq).contains(1_050L);
  }

  @Test
  void a_changed_entry_is_named() {
    audit.tamper("UPDATE audit_log SET after = '{\"role\": \"ADMIN\"}' WHERE seq = 3");
    assertBroken(3, "was changed");
    assertThat(verify().entries()).isEqualTo(2);
  }

  @Test
  void a_changed_time_is_noticed_to_the_microsecond() {
    audit.tamper("UPDATE audit_log SET at = at + interval '1 microsecond' WHERE seq = 4");
    assertBroken(4, "was changed");
  }

  @Test
  void a_missing_entry_is_named() {
    audit.tamper("DELETE FROM audit_log WHERE seq = 3");
    assertBroken(3, "is missing");
  }

  @Test
  void entries_missing_at_the_end_are_missed() {
    audit.tamper("DELETE FROM audit_log WHERE seq > 3");
    assertBroken(4, "is missing");
  }

  @Test
  void an_entry_changed_with_its_hash_does_not_fit_the_next() {
    audit.tamper(REWRITE, 3);
    assertBroken(4, "does not follow entry 3");
  }

  @Test
  void the_last_entry_changed_with_its_hash_does_not_fit_the_end_on_record() {
    audit.tamper(REWRITE, 5);
    assertBroken(5, "was rewritten");
  }

  @Test
  void an_end_set_back_leaves_entries_beyond_it() {
    audit.tamper(
        "UPDATE audit_chain SET seq = 4, hash = (SELECT hash FROM audit_log WHERE seq = 4)");
    assertBroken(5, "stands beyond the end");
  }

  @Test
  void a_lost_end_is_noticed() {
    audit.tamper("DELETE FROM audit_chain");
    assertBroken(1, "stands beyond the end");
  }

  @Test
  void a_broken_chain_of_one_school_says_nothing_against_another() {
    audit.act(audit.school("liceo"), "there");
    audit.tamper("DELETE FROM audit_log WHERE seq = 2");
    assertThat(Results.of(verifier().verify(Optional.empty())))
        .extracting(ChainCheck::school, check -> check.broken().isPresent())
        .containsExactly(tuple("colegio", true), tuple("liceo", false));
  }

  @Test
  void a_school_that_does_not_exist_has_no_chain() {
    assertThat(Results.of(verifier().verify(Optional.of("nadie")))).isEmpty();
  }

  private void assertBroken(long seq, String what) {
    BrokenLink broken = verify().broken().orElseThrow();
    assertThat(broken.seq()).isEqualTo(seq);
    assertThat(broken.what()).startsWith(what);
  }

  private ChainCheck verify() {
    return Results.of(verifier().verify(Optional.of("colegio"))).getFirst();
  }

  private AuditVerifier verifier() {
    return new AuditVerifier(audit.database());
  }
}
