package porteria.embedded.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoSecretsTest {

  @TempDir private Path directory;

  @Test
  void they_are_made_once_and_kept() {
    DemoSecrets made = DemoSecrets.open(directory);
    DemoSecrets kept = DemoSecrets.open(directory);
    assertThat(DemoSecret.values())
        .allSatisfy(
            secret -> {
              assertThat(made.get(secret).value()).matches("[A-Za-z0-9]{43}");
              assertThat(kept.get(secret)).isEqualTo(made.get(secret));
            });
    assertThat(Arrays.stream(DemoSecret.values()).map(made::get)).doesNotHaveDuplicates();
  }

  @Test
  void only_the_owner_may_read_them() throws Exception {
    DemoSecrets.open(directory);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("secrets.json"))))
        .isEqualTo("rw-------");
  }

  @Test
  void one_that_an_older_version_did_not_know_is_added_and_the_others_stay() throws Exception {
    DemoSecrets made = DemoSecrets.open(directory);
    Path file = directory.resolve("secrets.json");
    JsonObject older = new JsonObject(Files.readString(file));
    older.remove(DemoSecret.TAG_SECRET.name());
    Files.writeString(file, older.encode());
    DemoSecrets completed = DemoSecrets.open(directory);
    assertThat(completed.get(DemoSecret.SECRET_KEY)).isEqualTo(made.get(DemoSecret.SECRET_KEY));
    assertThat(completed.get(DemoSecret.TAG_SECRET).value()).hasSize(43);
    assertThat(DemoSecrets.open(directory).get(DemoSecret.TAG_SECRET))
        .isEqualTo(completed.get(DemoSecret.TAG_SECRET));
  }

  @Test
  void a_spoilt_file_is_told_and_not_overwritten() throws Exception {
    Path file = Files.writeString(directory.resolve("secrets.json"), "{\"SECRET");
    assertThatThrownBy(() -> DemoSecrets.open(directory))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is not JSON");
    assertThat(file).hasContent("{\"SECRET");
  }
}
