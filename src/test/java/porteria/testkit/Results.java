package porteria.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import porteria.domain.Failure;
import porteria.domain.FailureException;

/** Waits for futures from a test's plain thread. */
public final class Results {

  private static final int SECONDS = 30;

  private Results() {}

  /** The result; throws what the future failed with. */
  public static <T> T of(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("expected a result", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("no result within " + SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** The failure of a future that is expected to fail in our words. */
  public static Failure failureOf(Future<?> future) {
    Throwable cause = of(future.map(Results::unexpected).recover(Future::succeededFuture));
    assertThat(cause).isInstanceOf(FailureException.class);
    return ((FailureException) cause).failure();
  }

  private static Throwable unexpected(Object result) {
    return new AssertionError("expected a failure, got " + result);
  }
}
