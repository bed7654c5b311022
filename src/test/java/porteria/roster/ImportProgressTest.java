package porteria.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.multipart.MultipartForm;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.bus.ImportProgress.Phase;
import porteria.domain.Role;
import porteria.testkit.LiveSocket;
import porteria.testkit.Reply;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.TestSchool;

/** Who watches the school sees how far a file has come, in counts alone. */
@ExtendWith(RunningServerExtension.class)
class ImportProgressTest {

  private static final int ROWS = 4_000;

  private final RunningServer server;
  private final TestSchool school;
  private final LiveSocket socket;

  ImportProgressTest(RunningServer server) {
    this.server = server;
    school = server.school();
    socket = listening();
  }

  @Test
  void a_file_goes_through_its_phases_to_the_last_row() {
    long began = System.nanoTime();
    Reply loaded = load("", file());
    JsonObject last = awaitEnd(loaded);
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    assertThat(last.getString("phase")).isEqualTo("DONE");
    assertThat(last.getInteger("rows_done")).isEqualTo(ROWS);
    assertThat(last.getInteger("rows_total")).isEqualTo(ROWS);
    List<JsonObject> frames = frames(loaded);
    assertThat(frames)
        .as("of each import ten a second at most")
        .hasSizeLessThanOrEqualTo((int) (took.toMillis() / 100) + 1)
        .extracting(frame -> Phase.valueOf(frame.getString("phase")))
        .isSorted();
    assertThat(frames)
        .allSatisfy(
            frame ->
                assertThat(frame.fieldNames())
                    .containsExactlyInAnyOrder(
                        "type", "import_id", "phase", "rows_done", "rows_total"));
  }

  @Test
  void a_dry_run_is_watched_like_the_real_thing() {
    assertThat(awaitEnd(load("?dry_run=true", file())).getString("phase")).isEqualTo("DONE");
  }

  @Test
  void a_file_with_an_error_fails_and_so_does_what_is_no_table() {
    Reply wrong = load("", file() + "x,,Curso,1\n");
    assertThat(wrong.list("errors")).hasSize(1);
    assertThat(awaitEnd(wrong).getString("phase")).isEqualTo("FAILED");
    int before = socket.news().size();
    assertThat(load("", "").status()).isEqualTo(400);
    await()
        .until(
            () ->
                socket.news().stream()
                    .skip(before)
                    .anyMatch(frame -> "FAILED".equals(frame.getString("phase"))));
  }

  @Test
  void another_school_hears_nothing_of_it() {
    int before = socket.news().size();
    RosterDesk other = new RosterDesk(server, server.school());
    load(other.school(), "", file());
    awaitEnd(load("", file()));
    assertThat(
            socket.news().stream()
                .skip(before)
                .filter(frame -> "import".equals(frame.getString("type")))
                .map(frame -> frame.getString("import_id"))
                .distinct())
        .hasSize(1);
  }

  private JsonObject awaitEnd(Reply loaded) {
    return await()
        .until(
            () -> frames(loaded),
            frames ->
                !frames.isEmpty() && Phase.valueOf(frames.getLast().getString("phase")).isLast())
        .getLast();
  }

  private List<JsonObject> frames(Reply loaded) {
    return socket.news().stream()
        .filter(frame -> loaded.get("import_id").equals(frame.getString("import_id")))
        .toList();
  }

  private static String file() {
    StringBuilder file = new StringBuilder("student_number,full_name,course,grade\n");
    for (int i = 0; i < ROWS; i++) {
      file.append(i).append(",Pupila ").append(i).append(",Curso ").append(i / 40).append(",1\n");
    }
    return file.toString();
  }

  private Reply load(String query, String file) {
    return load(school, query, file);
  }

  private Reply load(TestSchool of, String query, String file) {
    return Reply.of(
        server
            .request(HttpMethod.POST, "/api/v1/roster/import" + query)
            .bearerTokenAuthentication(of.login(Role.ADMIN))
            .sendMultipartForm(
                MultipartForm.create()
                    .binaryFileUpload("file", "a.csv", Buffer.buffer(file), "text/csv"))
            .await());
  }

  /** A socket on which changes arrive. */
  private LiveSocket listening() {
    LiveSocket live = LiveSocket.open(server, school.login(Role.INSPECTOR), school.id());
    await()
        .until(
            () -> {
              school.north().in(school.pupil("Ana Rojas"), server.now());
              return live.hasNews();
            });
    return live;
  }
}
