package porteria.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path temporary;

  @Test
  void the_same_process_does_not_get_it_twice_by_whatever_name() throws Exception {
    Path link = Files.createSymbolicLink(temporary.resolve("link"), temporary.resolve("data"));
    try (DataDirectory first = DataDirectory.open(temporary.resolve("data"))) {
      assertThatThrownBy(() -> DataDirectory.open(link))
          .isInstanceOf(EmbeddedServerException.class)
          .hasMessageContaining(first.path().toString())
          .hasMessageContaining("in use");
    }
  }

  @Test
  void it_can_be_had_again_once_given_back() {
    DataDirectory.open(temporary).close();
    DataDirectory.open(temporary).close();
    assertThat(temporary.resolve(".lock")).exists();
  }

  @Test
  void a_new_one_is_readable_by_its_owner_alone() throws Exception {
    try (DataDirectory data = DataDirectory.open(temporary.resolve("data"))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.path())))
          .isEqualTo("rwx------");
    }
  }
}
