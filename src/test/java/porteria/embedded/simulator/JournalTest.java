package porteria.embedded.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sesv2.SesV2Client;

class JournalTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void place() {
    file = folder.resolve("sim/inbox.jsonl");
  }

  @Test
  void anInboxSurvivesARestartAndStillKnowsItsRepeats() {
    List<JsonObject> before;
    try (RunningSimulator running = start();
        SesV2Client ses = running.ses(RunningSimulator.ACCESS_KEY)) {
      running.whatsApp(RunningSimulator.arrival("n-1"));
      ses.sendEmail(Mails.to("a@b.cl", "n-2"));
      before = running.messages("");
    }

    try (RunningSimulator running = start()) {
      assertThat(running.messages("")).isEqualTo(before).hasSize(2);
      running.whatsApp(RunningSimulator.arrival("n-1"));
      assertThat(running.stats().getLong("duplicates")).isEqualTo(1);
    }
    try (RunningSimulator running = start()) {
      assertThat(running.messages("")).hasSize(3);
    }
  }

  @Test
  void aMessageReachesTheFileSoonWithoutAClose() {
    try (RunningSimulator running = start()) {
      running.whatsApp(RunningSimulator.arrival("n-1"));
      await()
          .untilAsserted(() -> assertThat(Files.readString(file)).contains("n-1").endsWith("\n"));
    }
  }

  @Test
  void whatWasDeletedDoesNotComeBack() {
    try (RunningSimulator running = start()) {
      running.whatsApp(RunningSimulator.arrival("n-1"));
      running.call(HttpMethod.DELETE, "/messages");
      running.whatsApp(RunningSimulator.arrival("n-2"));
    }

    try (RunningSimulator running = start()) {
      assertThat(running.messages("").stream().map(json -> json.getString("notification")))
          .containsExactly("n-2");
    }
  }

  @Test
  void aTornLineIsLeftOutAndWhatFollowsIsNotLost() throws IOException {
    try (RunningSimulator running = start()) {
      running.whatsApp(RunningSimulator.arrival("n-1"));
    }
    Files.writeString(file, "{\"id\":\"wamid.x\",\"chan", StandardOpenOption.APPEND);

    try (RunningSimulator running = start()) {
      assertThat(running.messages("")).hasSize(1);
      running.whatsApp(RunningSimulator.arrival("n-2"));
    }
    try (RunningSimulator running = start()) {
      assertThat(running.messages("")).hasSize(2);
    }
  }

  @Test
  void theFileDoesNotOutgrowTheInboxFromStartToStart() throws IOException {
    try (RunningSimulator running = start()) {
      for (int i = 0; i < 6; i++) {
        running.whatsApp(RunningSimulator.arrival("n-" + i));
      }
    }
    try (RunningSimulator running =
        new RunningSimulator(options -> options.withJournal(file).withMaxMessages(2))) {
      assertThat(running.messages("")).hasSize(2);
    }

    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  @Test
  void aJournalThatCannotBeWrittenFailsTheStart() throws IOException {
    Files.createDirectories(file);

    assertThatThrownBy(this::start).isInstanceOf(Exception.class);
  }

  private RunningSimulator start() {
    return new RunningSimulator(options -> options.withJournal(file));
  }
}
