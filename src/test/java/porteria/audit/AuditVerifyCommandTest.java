package porteria.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.testkit.ServerEnvironment;
import porteria.testkit.ServerJvm;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

@ExtendWith(TestServersExtension.class)
class AuditVerifyCommandTest {

  @Test
  void the_command_exits_with_zero_while_all_holds_and_with_one_when_it_does_not(
      TestServers servers) {
    try (AuditDatabase audit = new AuditDatabase(servers)) {
      audit.act(audit.school("colegio"), "first");
      audit.act(audit.school("liceo"), "first");
      assertVerified(audit, 0, "school colegio: the audit trail holds, 1 entries");
      audit.tamper("UPDATE audit_log SET actor_role = 'TEACHER'");
      assertVerified(audit, 1, "school liceo: the audit trail is broken: entry 1 was changed");
    }
  }

  private static void assertVerified(AuditDatabase audit, int exitCode, String said) {
    try (ServerJvm command =
        ServerJvm.start("audit-verify", ServerEnvironment.of(audit.settings()))) {
      assertThat(command.awaitEnd()).as(command.output()).isEqualTo(exitCode);
      assertThat(command.output()).contains(said);
    }
  }
}
