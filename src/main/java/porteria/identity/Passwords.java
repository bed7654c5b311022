package porteria.identity;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import porteria.domain.Failure;

/**
 * Keeps and checks passwords with Argon2id, in the strength the OWASP Password Storage Cheat Sheet
 * names as its minimum: 19 MiB of memory, two passes, one lane. What is kept is a PHC string, which
 * carries its own parameters and salt, so that a later raise leaves older ones readable.
 *
 * <p>A check takes tens of milliseconds of one core: it runs on a small pool of its own, and the
 * number of people who may wait for it is bounded.
 */
public final class Passwords {

  private static final int MEMORY_KIB = 19_456;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;

  private static final int THREADS = 2;
  private static final int MAX_WAITING = 64;

  private static final Argon2Function ARGON2ID =
      Argon2Function.getInstance(MEMORY_KIB, PASSES, LANES, HASH_BYTES, Argon2.ID);

  private final WorkerExecutor executor;
  private final AtomicInteger waiting = new AtomicInteger();

  /** Takes the pool {@code porteria-passwords} of this Vert.x; it ends with its owner. */
  public Passwords(Vertx vertx) {
    this.executor = vertx.createSharedWorkerExecutor("porteria-passwords", THREADS);
  }

  /**
   * The PHC string to keep for a password. Blocking: tens of milliseconds.
   *
   * @param password any text; it is hashed as UTF-8
   */
  public static String hash(String password) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return ARGON2ID.hash(password.getBytes(StandardCharsets.UTF_8), salt).getResult();
  }

  /**
   * Does what leads to a check, and the check, in turn: who finds the queue full has cost nothing,
   * no look into the database either. So a flood of people signing in leaves the database to the
   * gates.
   *
   * @param attempt all of it; must come to an end
   * @return fails with {@link porteria.domain.FailureException} of kind {@code OVERLOADED} when too
   *     many wait already
   */
  <T> Future<T> inTurn(Supplier<Future<T>> attempt) {
    if (waiting.incrementAndGet() > MAX_WAITING) {
      waiting.decrementAndGet();
      return Future.failedFuture(
          Failure.of(Failure.Kind.OVERLOADED, "Too many people sign in at once; try again shortly.")
              .asException());
    }
    return attempt.get().onComplete(done -> waiting.decrementAndGet());
  }

  /** Whether {@code password} is the one kept as {@code phc}; compared in constant time. */
  Future<Boolean> matches(String password, String phc) {
    return executor.executeBlocking(() -> check(password, phc), false).map(Boolean.TRUE::equals);
  }

  /**
   * Takes the time of {@link #matches} and is false: for a person who does not exist, so that the
   * time of the answer does not tell so.
   */
  Future<Boolean> matchesNobody(String password) {
    return hashed(password).map(String::isEmpty);
  }

  /** As {@link #hash}, on the pool. */
  Future<String> hashed(String password) {
    return executor.executeBlocking(() -> hash(password), false).map(String::valueOf);
  }

  private static boolean check(String password, String phc) {
    return Argon2Function.getInstanceFromHash(phc)
        .check(password.getBytes(StandardCharsets.UTF_8), phc.getBytes(StandardCharsets.US_ASCII));
  }
}
