package porteria;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.config.DatabaseSettings;
import porteria.testkit.MigratedDatabase;
import porteria.testkit.ServerEnvironment;
import porteria.testkit.ServerJvm;
import porteria.testkit.Sql;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

@ExtendWith(TestServersExtension.class)
class AdminCommandTest {

  private static final Pattern PASSWORD =
      Pattern.compile(
          "^rosa@colegio.example can sign in with the password ([\\w-]{20})$", Pattern.MULTILINE);

  @Test
  void it_makes_an_admin_prints_a_password_once_and_says_what_is_wrong_with_exit_code_2(
      TestServers servers) {
    DatabaseSettings database = MigratedDatabase.create(servers);
    Map<String, String> environment = ServerEnvironment.of(database);
    try (Sql sql = new Sql(servers.superuser().onDatabase(database.database()))) {
      assertRefused(environment, "there is no school colegio", "rosa@colegio.example", "colegio");
      sql.lines(
          "INSERT INTO school (slug, name, timezone, created_at)"
              + " VALUES ('colegio', 'Colegio', 'America/Santiago', '2026-01-01Z')");
      String said = run(environment, 0, "Rosa@Colegio.example", "colegio");
      Matcher password = PASSWORD.matcher(said);
      assertThat(password.find()).as(said).isTrue();
      assertThat(sql.lines("SELECT email, role FROM staff_user"))
          .containsExactly("rosa@colegio.example ADMIN");
      assertThat(sql.lines("SELECT actor_kind, action, audit_log::text FROM audit_log"))
          .singleElement()
          .asString()
          .startsWith("SYSTEM staff.created")
          .doesNotContain(password.group(1));
      assertRefused(environment, "has an account already", "rosa@colegio.example", "colegio");
      assertRefused(environment, "EMAIL is not a mailbox", "rosa", "colegio");
    }
  }

  @Test
  void without_a_mailbox_it_says_what_it_needs() {
    assertRefused(Map.of(), "EMAIL=… SCHOOL=slug", "", "");
  }

  private static void assertRefused(
      Map<String, String> environment, String why, String... arguments) {
    assertThat(run(environment, 2, arguments)).contains(why);
  }

  private static String run(Map<String, String> environment, int exitCode, String... arguments) {
    List<String> command = new ArrayList<>(List.of("admin"));
    command.addAll(List.of(arguments));
    try (ServerJvm admin = ServerJvm.start(command, environment)) {
      assertThat(admin.awaitEnd()).as(admin.output()).isEqualTo(exitCode);
      return admin.output();
    }
  }
}
