package porteria.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import porteria.domain.Role;
import porteria.testkit.RedisCommands;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.TestPhone;
import porteria.testkit.TestSchool;
import porteria.testkit.TestServers;
import porteria.testkit.TestServersExtension;

/** What pages say when what was asked of them cannot be done. */
@ExtendWith(TestServersExtension.class)
@SuppressWarnings("NullAway.Init") // by open
class PageTroubleTest {

  /** The most people whom this server's broadcasts may be sent to within a day. */
  private static final int MOST = 500_000;

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private TestServers servers;
  private RunningServer server;
  private TestSchool school;

  @BeforeEach
  void open(TestServers servers) throws Exception {
    this.servers = servers;
    server = RunningServer.tellingAndKeepingFiles(servers);
    school = server.school();
    log.start();
    logger().addAppender(log);
  }

  @AfterEach
  void close() {
    logger().detachAppender(log);
    server.close();
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(Notices.class);
  }

  private TestPhone browser(Role role) {
    TestPhone browser = new TestPhone(server);
    browser.put("porteria_session", "/", school.login(role));
    return browser;
  }

  @Test
  void what_failed_on_our_side_is_written_down() {
    server.sql().lines("ALTER TABLE schedule_exception RENAME TO lost");
    server.sql().lines("ALTER TABLE notification RENAME TO lost_too");
    TestPhone browser = browser(Role.ADMIN);
    String exception = "/schedules/00000000-0000-7000-8000-000000000001";
    assertThat(browser.send("/settings", exception + "/remove", Map.of()).header("Location"))
        .isEqualTo("/schedules?notice=failed");
    assertThat(browser.send("/settings", exception + "/tell", Map.of()).header("Location"))
        .isEqualTo("/schedules?notice=failed");
    assertThat(browser.send("/settings", "/notifications/retry", Map.of()).header("Location"))
        .endsWith("notice=failed");
    assertThat(log.list)
        .hasSize(3)
        .allSatisfy(line -> assertThat(line.getMessage()).contains("failed"));
  }

  @Test
  void a_broadcast_for_which_no_room_is_left_meanwhile_is_refused_with_the_reason() {
    String page = "/broadcasts/" + school.previewToOneFamily();
    RedisCommands.ask(
        servers.freshRedis(),
        "EVAL \"for i=1,%d do redis.call('ZADD',KEYS[1],ARGV[1],i) end return 1\" 1 porteria:users:1055 %d"
            .formatted(MOST, server.now().toEpochMilli()));
    TestPhone browser = browser(Role.DIRECTOR);
    Reply refused = browser.send(page, page + "/send", Map.of("expected", "1"));
    assertThat(refused.header("Location")).isEqualTo(page + "?notice=scarce");
    assertThat(browser.get(page + "?notice=scarce").text())
        .contains("hoy WhatsApp ya no admite a todas estas familias", "name=\"accept_delay\"");
  }
}
