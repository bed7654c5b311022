package porteria.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.domain.Failure;
import porteria.domain.FailureException;

@ExtendWith(VertxExtension.class)
class PasswordsTest {

  private Passwords passwords;

  @BeforeEach
  void open(Vertx vertx) {
    passwords = new Passwords(vertx);
  }

  @Test
  void the_right_password_matches_and_no_other() throws Exception {
    String kept = Passwords.hash("correct horse, ñandú");
    assertThat(result(passwords.matches("correct horse, ñandú", kept))).isTrue();
    assertThat(result(passwords.matches("correct horse, nandu", kept))).isFalse();
    assertThat(result(passwords.matches("", kept))).isFalse();
  }

  @Test
  void what_is_kept_is_argon2id_with_its_parameters_and_a_salt_of_its_own() {
    String kept = Passwords.hash("the same");
    assertThat(kept).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(Passwords.hash("the same")).isNotEqualTo(kept);
  }

  @Test
  void a_hash_of_other_parameters_is_still_read() throws Exception {
    // A test vector of the reference implementation (phc-winner-argon2, src/test.c).
    String kept =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    assertThat(result(passwords.matches("password", kept))).isTrue();
    assertThat(result(passwords.matches("Password", kept))).isFalse();
  }

  @Test
  void nobodys_password_is_never_right() throws Exception {
    assertThat(result(passwords.matchesNobody("anything"))).isFalse();
  }

  @Test
  void beyond_a_bound_nobody_waits_and_nothing_is_begun() throws Exception {
    AtomicInteger begun = new AtomicInteger();
    Promise<Boolean> held = Promise.promise();
    List<Future<Boolean>> attempts =
        IntStream.range(0, 80)
            .mapToObj(
                i ->
                    passwords.inTurn(
                        () -> {
                          begun.incrementAndGet();
                          return held.future();
                        }))
            .toList();
    assertThat(begun).hasValue(64);
    held.complete(true);
    assertThat(attempts.stream().filter(Future::succeeded)).hasSize(64);
    assertThat(attempts.stream().filter(Future::failed).map(Future::cause))
        .hasSize(16)
        .allSatisfy(
            cause ->
                assertThat(((FailureException) cause).failure().kind())
                    .isEqualTo(Failure.Kind.OVERLOADED));
    assertThat(result(passwords.inTurn(() -> Future.succeededFuture(true))))
        .as("room again")
        .isTrue();
  }

  private static <T> T result(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
