package porteria.embedded.morning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchoolMorningTest {
  private static final Demo.School SCHOOL = SmallSchool.of(60);

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void a_morning_without_faults_is_good() {
    try (FakeServer server = new FakeServer(SCHOOL)) {
      assertThat(play(server, Optional.empty())).as("%s", printed).isZero();

      assertThat(printed())
          .contains("All families were told, once, in time.")
          .containsPattern("rejected UNKNOWN_TOKEN +2")
          .containsPattern("rejected OTHER_SCHOOL +1")
          .containsPattern("conflicts +1")
          .containsPattern("invalid +2")
          .containsPattern("missing +0");
    }
  }

  @Test
  void a_server_that_is_busy_and_loses_answers_is_good_too() {
    try (FakeServer server = new FakeServer(SCHOOL)) {
      for (int i = 0; i < 5; i++) {
        server.troubles.add(FakeServer.Trouble.BUSY);
        server.troubles.add(FakeServer.Trouble.ANSWER_LOST);
        server.troubles.add(FakeServer.Trouble.TOO_MANY);
      }

      assertThat(play(server, Optional.empty())).as("%s", printed).isZero();
    }
  }

  @Test
  void a_kiosk_whose_token_is_refused_ends_the_play_with_its_name() {
    try (FakeServer server = new FakeServer(SCHOOL)) {
      server.troubles.add(FakeServer.Trouble.UNKNOWN_TOKEN);

      assertThat(play(server, Optional.empty())).isEqualTo(1);

      assertThat(printed()).contains("stopped: the server answered 401 to its token");
    }
  }

  @Test
  void a_message_that_never_came_is_found() {
    assertThatPlayedAgainst(FakeServer.Fault.KEEPS_A_MESSAGE_BACK).containsPattern("missing +1\n");
  }

  @Test
  void a_message_that_came_twice_is_found() {
    assertThatPlayedAgainst(FakeServer.Fault.TELLS_TWICE).containsPattern("twice +1\n");
  }

  @Test
  void a_message_to_a_stranger_is_found() {
    assertThatPlayedAgainst(FakeServer.Fault.TELLS_A_STRANGER).containsPattern("unexpected +1\n");
  }

  @Test
  void a_double_read_that_was_not_recognised_is_found() {
    assertThatPlayedAgainst(FakeServer.Fault.SEES_NO_DOUBLE_READS).contains("no REPEAT");
  }

  @Test
  void a_first_read_that_was_called_a_repeat_is_found() {
    assertThatPlayedAgainst(FakeServer.Fault.CALLS_EVERYTHING_A_REPEAT)
        .contains("flagged REPEAT though nothing went before", "nothing was measured");
  }

  @Test
  void a_replay_that_was_not_recognised_is_found() {
    assertThatPlayedAgainst(FakeServer.Fault.FORGETS_REPLAYS)
        .contains("was a replay and was not recognised");
  }

  @Test
  void a_wrong_clock_that_was_believed_is_found() {
    assertThatPlayedAgainst(FakeServer.Fault.BELIEVES_CLOCKS).contains("and was recorded at");
  }

  @Test
  void a_batch_refused_for_one_broken_record_is_found() {
    assertThatPlayedAgainst(FakeServer.Fault.REFUSES_WHOLE_BATCHES)
        .contains("should be RECORDED and was invalid");
  }

  @Test
  void repeats_right_after_an_earlier_run_are_no_mistake() {
    try (FakeServer server = new FakeServer(SCHOOL)) {
      play(server, Optional.empty());
      Instant end = Instant.now();
      printed.reset();

      play(server, Optional.of(end));

      assertThat(printed()).doesNotContain("though nothing went before");
    }
  }

  @Test
  void it_says_where_it_looked_for_the_demo_file(@TempDir Path data) {
    Map<String, String> env = Map.of("DATA_DIR", data.toString());

    assertThat(SchoolMorning.run(env, out(), false)).isEqualTo(1);

    assertThat(printed()).contains(data.resolve("demo.json") + " is missing");
  }

  @Test
  void it_says_which_setting_is_wrong() {
    assertThat(SchoolMorning.run(Map.of("SIMULATE_SECONDS", "soon"), out(), false)).isEqualTo(1);

    assertThat(printed()).contains("SIMULATE_SECONDS must be a whole number");
  }

  private AbstractStringAssert<?> assertThatPlayedAgainst(FakeServer.Fault fault) {
    try (FakeServer server = new FakeServer(SCHOOL, fault)) {
      assertThat(play(server, Optional.empty())).as("%s", printed).isEqualTo(1);
      return assertThat(printed());
    }
  }

  private int play(FakeServer server, Optional<Instant> earlierRun) {
    Demo demo = new Demo(server.url(), server.url(), List.of(SCHOOL, SmallSchool.OTHER));
    Plan plan =
        new Plan(
            42,
            Duration.ofSeconds(1),
            new RetryRules(Duration.ofMillis(10), Duration.ofMillis(50), Duration.ofSeconds(2)),
            Duration.ofSeconds(5),
            Duration.ofMillis(300),
            Duration.ofMillis(100),
            earlierRun);
    return SchoolMorning.play(InstantSource.system(), demo, plan, out(), false);
  }

  private PrintStream out() {
    return new PrintStream(printed, true, StandardCharsets.UTF_8);
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
