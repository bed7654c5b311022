package porteria.embedded.morning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierRunTest {
  @TempDir private Path data;

  @Test
  void a_run_remembers_when_the_one_before_it_ended() throws IOException {
    Instant end = Instant.parse("2026-03-02T11:00:00Z");
    assertThat(new EarlierRun(data).end()).isEmpty();

    new EarlierRun(data).write(end);

    assertThat(new EarlierRun(data).end()).contains(end);
  }

  @Test
  void a_file_nobody_can_read_is_no_earlier_run() throws IOException {
    Files.writeString(data.resolve("simulate.last"), "yesterday");

    assertThat(new EarlierRun(data).end()).isEmpty();
  }
}
