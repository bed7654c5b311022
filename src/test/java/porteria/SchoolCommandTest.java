package porteria;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
class SchoolCommandTest {

  @Test
  void it_founds_a_school_once_and_the_trail_begins_with_it(TestServers servers) {
    DatabaseSettings database = MigratedDatabase.create(servers);
    Map<String, String> environment = ServerEnvironment.of(database);
    List<String> pines = List.of("los-pinos", "Colegio Los Pinos", "America/Santiago");
    assertThat(run(environment, 0, pines)).contains("make admin EMAIL=… SCHOOL=los-pinos");
    assertThat(run(environment, 2, pines)).contains("there is a school los-pinos already");
    try (Sql sql = new Sql(servers.superuser().onDatabase(database.database()))) {
      assertThat(sql.lines("SELECT slug, name, timezone FROM school"))
          .containsExactly("los-pinos Colegio Los Pinos America/Santiago");
      assertThat(sql.lines("SELECT seq, actor_kind, action FROM audit_log"))
          .containsExactly("1 SYSTEM school.founded");
    }
  }

  @Test
  void what_is_wrong_is_said_all_at_once_before_any_database_is_asked() {
    assertThat(run(Map.of(), 2, List.of("Los Pinos", "Colegio", "Chile")))
        .contains("SCHOOL is \"Los Pinos\"")
        .contains("TIMEZONE is \"Chile\"");
    assertThat(run(Map.of(), 2, List.of("los-pinos", "", "")))
        .contains("SCHOOL=slug NAME=… TIMEZONE=America/Santiago");
  }

  private static String run(Map<String, String> environment, int exitCode, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("school"));
    command.addAll(arguments);
    try (ServerJvm process = ServerJvm.start(command, environment)) {
      assertThat(process.awaitEnd()).as(process.output()).isEqualTo(exitCode);
      return process.output();
    }
  }
}
