package porteria.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import porteria.config.DatabaseSettings;
import porteria.embedded.PostgresAccess;
import porteria.testkit.MigratedDatabase;
import porteria.testkit.Sql;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

/**
 * No row of a school is there for another, in any table that the catalogue knows: a new table
 * without its policy fails here. The web role is given every right on every table first, so that
 * row-level security alone holds.
 */
@ExtendWith(TestServersExtension.class)
class SchoolsApartTest {

  /** Each with the reason why it has no school_id. */
  private static final Map<String, String> WITHOUT_SCHOOL =
      Map.of(
          "school", "is the school: its id takes the part of school_id, and is tested as such",
          "flyway_schema_history", "says which migrations ran; the owner's alone",
          "sign_in_attempt", "who tries to sign in is of no school yet; keyed hashes alone",
          "sending_pause", "of the accounts that all schools send through",
          "contact_wish", "what a phone wrote to the number that all schools share; a keyed hash",
          "delivery_report", "what a provider says of a message's id, before it is looked up");

  /** What the worker, who sees every school, may do. More than its jobs need has no place here. */
  private static final String WORKER_RIGHTS =
      """
      absence_attachment: DELETE SELECT
      absence_request: SELECT UPDATE(attachment_ref)
      announcement: DELETE INSERT SELECT UPDATE(cause)
      attendance_event: INSERT SELECT
      broadcast: SELECT UPDATE(ended_at) UPDATE(status)
      broadcast_recipient: DELETE SELECT UPDATE(status)
      consent: SELECT(expires_at) SELECT(guardian_id) SELECT(school_id) SELECT(scopes) SELECT(signed_at) SELECT(student_id)
      contact_strike: DELETE INSERT SELECT UPDATE(struck_at)
      contact_suppression: DELETE INSERT SELECT UPDATE(reason) UPDATE(since)
      contact_wish: DELETE INSERT SELECT
      course: SELECT
      delivery_report: DELETE INSERT SELECT UPDATE
      device: SELECT UPDATE(last_seen_at)
      device_enrolment: SELECT(code_hash) SELECT(school_id)
      gate: SELECT
      guardian: SELECT
      guardian_contact: SELECT
      guardian_session: SELECT
      known_device: SELECT
      live_sequence: SELECT UPDATE
      magic_link: SELECT(school_id) SELECT(token_hash)
      no_show: DELETE INSERT SELECT UPDATE
      notification: INSERT SELECT UPDATE
      photo: DELETE SELECT
      planned_check: DELETE INSERT SELECT UPDATE
      refresh_token: SELECT
      scan_rejection: INSERT SELECT
      schedule: SELECT
      schedule_exception: SELECT
      schedule_plan: INSERT SELECT UPDATE
      school: SELECT
      sending_pause: DELETE INSERT SELECT
      sign_in_attempt: DELETE INSERT SELECT UPDATE
      staff_session: SELECT
      staff_user: SELECT
      student: SELECT UPDATE(look_again_after)
      student_guardian: SELECT
      tag: SELECT
      """;

  private static final String REFUSED = "42501";
  private static final String NOTHING_DONE = "nothing done";
  private static final UUID OURS = UUID.randomUUID();
  private static final UUID THEIRS = UUID.randomUUID();

  private static Sql superuser;
  private static Sql web;
  private static Catalogue catalogue;

  @BeforeAll
  static void plantBothSchools(TestServers servers) {
    DatabaseSettings settings = MigratedDatabase.create(servers);
    PostgresAccess access = servers.superuser().onDatabase(settings.database());
    superuser = new Sql(access);
    web = new Sql(access.as(settings.web().user(), settings.web().password().value()));
    catalogue = new Catalogue(superuser);
    catalogue.dropChecks();
    // Neither foreign keys nor triggers: a row needs to mean nothing.
    superuser.lines("SET session_replication_role = replica");
    tables()
        .forEach(
            table -> {
              superuser.lines(catalogue.insertion(table, key(table), OURS));
              superuser.lines(catalogue.insertion(table, key(table), THEIRS));
              superuser.lines("GRANT ALL ON " + table + " TO porteria_web");
            });
  }

  @AfterAll
  static void close() {
    web.close();
    superuser.close();
  }

  static Stream<String> tables() {
    return Stream.concat(Stream.of("school"), catalogue.tenantTables().stream());
  }

  @Test
  void every_table_belongs_to_schools_or_says_why_it_does_not() {
    assertThat(catalogue.otherTables())
        .containsExactlyInAnyOrderElementsOf(WITHOUT_SCHOOL.keySet());
  }

  @Test
  void whoever_serves_a_school_has_no_right_on_what_is_not_a_schools() {
    assertThat(rights("'porteria_web'::regrole"))
        .extracting(line -> line.replaceFirst(":.*", ""))
        .containsExactlyInAnyOrderElementsOf(tables().toList());
  }

  @ParameterizedTest
  @MethodSource("tables")
  void row_level_security_is_on_even_for_the_owner_and_every_row_has_its_school(String table) {
    assertThat(
            superuser.lines(
                "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = ?::regclass",
                table))
        .containsExactly("t t");
    assertThat(
            superuser.lines(
                "SELECT attnotnull FROM pg_attribute WHERE attrelid = ?::regclass AND attname = ?",
                table,
                key(table)))
        .containsExactly("t");
    assertThat(
            superuser.lines(
                "SELECT polname FROM pg_policy WHERE polrelid = ?::regclass"
                    + " AND polroles && ARRAY[0::oid, 'porteria_web'::regrole::oid]",
                table))
        .as("policies that bind the web role")
        .isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("tables")
  void a_school_sees_its_own_rows_and_no_others(String table) {
    enter(OURS.toString());
    assertThat(web.lines("SELECT DISTINCT " + key(table) + " FROM " + table))
        .containsExactly(OURS.toString());
  }

  @ParameterizedTest
  @MethodSource("tables")
  void whoever_names_no_school_sees_nothing(String table) {
    enter("");
    assertThat(web.number("SELECT count(*) FROM " + table)).isZero();
  }

  @ParameterizedTest
  @MethodSource("tables")
  void a_school_changes_no_row_of_another(String table) {
    enter(OURS.toString());
    String key = key(table);
    String theirs = " WHERE " + key + " = '" + THEIRS + "' RETURNING 1";
    assertUntouched("UPDATE " + table + " SET " + key + " = " + key + theirs);
    assertUntouched("DELETE FROM " + table + theirs);
    assertThat(superuser.number("SELECT count(*) FROM " + table + " WHERE " + key + " = ?", THEIRS))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("tables")
  void a_school_gives_no_row_to_another(String table) {
    enter(OURS.toString());
    String key = key(table);
    assertRefused("UPDATE %s SET %s = '%s'".formatted(table, key, UUID.randomUUID()));
    assertRefused(catalogue.insertion(table, key, THEIRS));
    assertRefused(catalogue.insertion(table, key, UUID.randomUUID()));
  }

  @Test
  void the_worker_may_do_what_its_jobs_need_and_no_more() {
    assertThat(rights("'porteria_worker'::regrole"))
        .containsExactlyElementsOf(WORKER_RIGHTS.lines().toList());
  }

  @Test
  void nothing_is_granted_to_everyone() {
    assertThat(rights("0")).isEmpty();
  }

  @Test
  void nothing_goes_past_the_policies() {
    assertThat(
            superuser.lines(
                "SELECT relname FROM pg_class"
                    + " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')"))
        .as("views, which read as their owner")
        .isEmpty();
    assertThat(
            superuser.lines(
                "SELECT proname FROM pg_proc"
                    + " WHERE pronamespace = 'public'::regnamespace AND prosecdef"))
        .as("functions that run as their owner; this one is a trigger, nobody can call it")
        .containsExactly("append_audit_entry");
    assertThat(
            superuser.lines(
                "SELECT rolname FROM pg_roles WHERE (rolsuper OR rolbypassrls)"
                    + " AND rolname IN ('porteria_web', 'porteria_worker')"))
        .isEmpty();
  }

  private static List<String> rights(String grantee) {
    return superuser.lines(
        """
        WITH held AS (
          SELECT c.relname, a.privilege_type AS held
          FROM pg_class c, aclexplode(c.relacl) a
          WHERE c.relnamespace = 'public'::regnamespace AND a.grantee = %1$s
          UNION ALL
          SELECT c.relname, a.privilege_type || '(' || t.attname || ')'
          FROM pg_class c JOIN pg_attribute t ON t.attrelid = c.oid, aclexplode(t.attacl) a
          WHERE c.relnamespace = 'public'::regnamespace AND a.grantee = %1$s)
        SELECT relname || ': ' || string_agg(held, ' ' ORDER BY held)
        FROM held GROUP BY relname ORDER BY relname
        """
            .formatted(grantee));
  }

  private static String key(String table) {
    return table.equals("school") ? "id" : "school_id";
  }

  private static void enter(String school) {
    web.lines("SELECT set_config('porteria.school', ?, false)", school);
  }

  /** That a statement finds nothing to change; being refused altogether is as good. */
  private static void assertUntouched(String sql) {
    assertThat(stateOf(sql)).as(sql).isIn(NOTHING_DONE, REFUSED);
  }

  private static void assertRefused(String sql) {
    assertThat(stateOf(sql)).as(sql).isEqualTo(REFUSED);
  }

  private static String stateOf(String sql) {
    try {
      return web.lines(sql).isEmpty() ? NOTHING_DONE : "carried out";
    } catch (AssertionError refused) {
      return refused.getCause() instanceof SQLException error
          ? String.valueOf(error.getSQLState())
          : String.valueOf(refused);
    }
  }
}
