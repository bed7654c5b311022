package porteria.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.yaml.snakeyaml.Yaml;
import porteria.domain.Role;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestSchool;

/** The contract, as those read it who write programs. */
@ExtendWith(RunningServerExtension.class)
class DocsBrowserTest {

  private final RunningServer server;
  private final TestSchool school;
  private final SchoolBrowser browser;

  DocsBrowserTest(RunningServer server) {
    this.server = server;
    school = server.school();
    browser = new SchoolBrowser(server, school);
  }

  @AfterEach
  void close() {
    browser.close();
  }

  @Test
  void anybody_reads_the_operations_and_tries_them_out_with_a_token() {
    List<String> complaints = new ArrayList<>();
    Page page = browser.stranger(1280);
    page.onConsoleMessage(
        message -> {
          if ("error".equals(message.type())) {
            complaints.add(message.text());
          }
        });
    page.navigate(SchoolBrowser.url("/docs"));
    assertThat(page.locator(".opblock-summary-path").getByText("/attendance/scan").first())
        .isVisible();
    assertThat(page.locator(".opblock").count()).isGreaterThan(80);
    SchoolBrowser.shoot(page, "docs-1280");

    page.locator(".btn.authorize").click();
    Locator staff =
        page.locator(".auth-container")
            .filter(new Locator.FilterOptions().setHasText("staff (http"));
    staff.locator("input").first().fill(school.login(Role.INSPECTOR));
    staff.getByText("Authorize", new Locator.GetByTextOptions().setExact(true)).click();
    page.locator(".btn-done").first().click();
    Locator operation = page.locator("#operations-attendance-viewAlarms");
    operation.locator(".opblock-summary-control").click();
    operation.getByText("Try it out").click();
    operation.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Execute")).click();
    assertThat(operation.locator(".live-responses-table .response-col_status").last())
        .containsText("200");
    assertThat(operation.locator(".live-responses-table")).containsText("\"held\": 0");
    assertThat(complaints).isEmpty();
    assertThat(browser.complaints()).isEmpty();
    SchoolBrowser.shoot(page, "docs-tried-1280");
  }

  @Test
  void the_contract_is_taken_along_as_a_file_that_names_this_server() {
    Reply reply = Reply.of(server.request(HttpMethod.GET, "/openapi.yaml").send().await());
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).startsWith("application/yaml");
    assertThat(reply.header("Cache-Control")).isEqualTo("no-cache");
    Object contract = new Yaml().load(reply.text());
    assertThat(contract).extracting("servers").isEqualTo(List.of(Map.of("url", "/api/v1")));
  }
}
