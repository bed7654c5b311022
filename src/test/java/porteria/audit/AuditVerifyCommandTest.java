package porteria.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.config.DatabaseSettings;
import porteria.testkit.ServerJvm;
import porteria.testkit.TestSecurity;
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
    try (ServerJvm command = ServerJvm.start("audit-verify", environment(audit.settings()))) {
      assertThat(command.awaitEnd()).as(command.output()).isEqualTo(exitCode);
      assertThat(command.output()).contains(said);
    }
  }

  private static Map<String, String> environment(DatabaseSettings database) {
    String key = TestSecurity.KEY.value();
    return Map.ofEntries(
        Map.entry("DOMAIN", "http://localhost"),
        Map.entry(
            "DATABASE_URL",
            "postgresql://%s:%s@%s:%d/%s"
                .formatted(
                    database.owner().user(),
                    database.owner().password().value(),
                    database.host(),
                    database.port(),
                    database.database())),
        Map.entry("DATABASE_WEB_PASSWORD", database.web().password().value()),
        Map.entry("DATABASE_WORKER_PASSWORD", database.worker().password().value()),
        Map.entry("REDIS_URL", "redis://127.0.0.1:9"),
        Map.entry("S3_ENDPOINT", "http://127.0.0.1:9"),
        Map.entry("S3_ACCESS_KEY", "unused"),
        Map.entry("S3_SECRET_KEY", "unused-here"),
        Map.entry("SECRET_KEY", key),
        Map.entry("TAG_SECRET", key),
        Map.entry("TAG_SIGNING_KEY", key),
        Map.entry("METRICS_TOKEN", key),
        Map.entry("WHATSAPP_PHONE_ID", "1055"),
        Map.entry("WHATSAPP_TOKEN", key),
        Map.entry("AWS_ACCESS_KEY_ID", "a-key"),
        Map.entry("AWS_SECRET_ACCESS_KEY", key),
        Map.entry("SES_SENDER", "avisos@colegio.example"));
  }
}
