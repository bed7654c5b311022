package porteria.device;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import porteria.domain.Failure;
import porteria.domain.Kiosk;

/**
 * Asks the database about tokens, with one statement at a time: those who ask meanwhile wait and go
 * together in the next one, each token once. However many guesses come in, the database is asked no
 * faster than it answers.
 */
final class KioskLookup {

  private static final int BATCH = 1_000;
  private static final int MAX_WAITING = 10_000;

  private final Function<List<Buffer>, Future<Map<Buffer, Kiosk>>> source;
  private final DeviceTokens tokens;
  private final KioskMemory memory;
  private final InstantSource clock;

  // The lock guards these two and the lists in them, for moments: nothing outside is called with
  // it.
  private final Object lock = new Object();
  private final Map<String, Question> waiting = new LinkedHashMap<>();
  private Map<String, Question> asked = Map.of();

  /**
   * Prepares to ask.
   *
   * @param source answers with the kiosks of those hashes that have one
   * @param memory where answers are put
   */
  KioskLookup(
      Function<List<Buffer>, Future<Map<Buffer, Kiosk>>> source,
      DeviceTokens tokens,
      KioskMemory memory,
      InstantSource clock) {
    this.source = source;
    this.tokens = tokens;
    this.memory = memory;
    this.clock = clock;
  }

  /** The kiosk of a token as the database has it; completes on the caller's own context. */
  Future<Optional<Kiosk>> find(String token) {
    List<Buffer> hashes = tokens.hashes(token);
    Asker asker = new Asker(Promise.promise(), Optional.ofNullable(Vertx.currentContext()));
    Map<String, Question> batch;
    synchronized (lock) {
      if (!asked.containsKey(token) && waiting.size() >= MAX_WAITING) {
        return Future.failedFuture(
            failure(Failure.Kind.OVERLOADED, "Too many kiosks ask at once; try again shortly."));
      }
      Question question = asked.get(token);
      if (question == null) {
        question = waiting.computeIfAbsent(token, t -> new Question(hashes, new ArrayList<>()));
      }
      question.askers().add(asker);
      batch = nextBatch();
    }
    ask(batch);
    return asker.promise().future();
  }

  /** What may be asked now: nothing while a statement is under way. Called with the lock. */
  private Map<String, Question> nextBatch() {
    if (!asked.isEmpty() || waiting.isEmpty()) {
      return Map.of();
    }
    Map<String, Question> batch = new LinkedHashMap<>();
    Iterator<Map.Entry<String, Question>> oldest = waiting.entrySet().iterator();
    while (oldest.hasNext() && batch.size() < BATCH) {
      Map.Entry<String, Question> next = oldest.next();
      batch.put(next.getKey(), next.getValue());
      oldest.remove();
    }
    asked = batch;
    return batch;
  }

  private void ask(Map<String, Question> batch) {
    if (batch.isEmpty()) {
      return;
    }
    long readAt = clock.millis();
    List<Buffer> hashes =
        batch.values().stream().flatMap(question -> question.hashes().stream()).toList();
    // Composed, so that even a throw ends as a failed future and those who wait have their turn.
    Future.succeededFuture(hashes)
        .compose(source)
        .compose(kiosks -> remember(batch, kiosks, readAt))
        .onComplete(result -> conclude(batch, result));
  }

  private Future<Map<Buffer, Kiosk>> remember(
      Map<String, Question> batch, Map<Buffer, Kiosk> kiosks, long readAt) {
    if (!memory.isYoung(readAt)) {
      return Future.failedFuture(
          failure(Failure.Kind.UNAVAILABLE, "The database answered too late; try again shortly."));
    }
    batch.forEach((token, question) -> memory.remember(token, question.among(kiosks), readAt));
    return Future.succeededFuture(kiosks);
  }

  private void conclude(Map<String, Question> batch, AsyncResult<Map<Buffer, Kiosk>> result) {
    Map<String, Question> next;
    synchronized (lock) {
      asked = Map.of();
      next = nextBatch();
    }
    ask(next);
    for (Question question : batch.values()) {
      AsyncResult<Optional<Kiosk>> answer = result.map(question::among);
      question.askers().forEach(asker -> asker.tell(answer));
    }
  }

  private static Exception failure(Failure.Kind kind, String detail) {
    return Failure.of(kind, detail).asException();
  }

  /** One token asked about, by all it may be stored under, and all who asked. */
  private record Question(List<Buffer> hashes, List<Asker> askers) {

    Optional<Kiosk> among(Map<Buffer, Kiosk> kiosks) {
      return hashes.stream()
          .flatMap(hash -> Optional.ofNullable(kiosks.get(hash)).stream())
          .findFirst();
    }
  }

  /** One who waits, and the context to be answered on. */
  private record Asker(Promise<Optional<Kiosk>> promise, Optional<Context> context) {

    void tell(AsyncResult<Optional<Kiosk>> answer) {
      context.ifPresentOrElse(
          own -> own.runOnContext(here -> promise.handle(answer)), () -> promise.handle(answer));
    }
  }
}
