package porteria.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.junit5.VertxExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import porteria.config.Secret;
import porteria.domain.Failure;
import porteria.domain.Kiosk;
import porteria.testkit.Results;
import porteria.testkit.SettableClock;

/** How questions are gathered and answered, against a database that answers when told to. */
@ExtendWith(VertxExtension.class)
class KioskLookupTest {

  private static final Kiosk KIOSK =
      new Kiosk(
          UUID.randomUUID(),
          UUID.randomUUID(),
          "DEV-1",
          ZoneOffset.UTC,
          Optional.empty(),
          Map.of());

  private final DeviceTokens tokens = new DeviceTokens(List.of(new Secret("k".repeat(32))));
  private final SettableClock clock = new SettableClock(Instant.parse("2026-03-02T11:00:00Z"));
  private final KioskMemory memory = new KioskMemory(DeviceService.LIFE, clock);
  private final List<List<Buffer>> statements = new ArrayList<>();
  private final List<Promise<Map<Buffer, Kiosk>>> answers = new ArrayList<>();
  private final KioskLookup lookup = new KioskLookup(this::ask, tokens, memory, clock);

  @Test
  void those_who_ask_at_once_about_one_token_share_one_question() {
    List<Future<Optional<Kiosk>>> askers =
        IntStream.range(0, 50).mapToObj(i -> lookup.find("known")).toList();
    assertThat(statements).containsExactly(List.of(hash("known")));
    answer(0, "known");
    assertThat(askers).allSatisfy(asker -> assertThat(Results.of(asker)).contains(KIOSK));
    assertThat(statements).hasSize(1);
  }

  @Test
  void a_flood_of_guesses_is_one_statement_at_a_time() {
    lookup.find("first");
    List<Future<Optional<Kiosk>>> guesses =
        IntStream.range(0, 2_500).mapToObj(i -> lookup.find("guess " + i)).toList();
    assertThat(statements).as("while the first is under way").hasSize(1);
    answer(0, "first");
    answer(1);
    answer(2);
    answer(3);
    assertThat(statements).extracting(List::size).containsExactly(1, 1_000, 1_000, 500);
    assertThat(guesses).allSatisfy(guess -> assertThat(Results.of(guess)).isEmpty());
  }

  @Test
  void beyond_a_bound_nobody_waits() {
    lookup.find("first");
    IntStream.range(0, 10_000).forEach(i -> lookup.find("guess " + i));
    Future<Optional<Kiosk>> refused = lookup.find("one too many");
    assertThat(Results.failureOf(refused).kind()).isEqualTo(Failure.Kind.OVERLOADED);
    assertThat(lookup.find("first").isComplete()).as("joins the question under way").isFalse();
  }

  @Test
  void a_failed_statement_is_told_to_its_askers_and_remembered_for_nobody() {
    Future<Optional<Kiosk>> unlucky = lookup.find("known");
    Future<Optional<Kiosk>> next = lookup.find("other");
    answers.getFirst().fail(Failure.of(Failure.Kind.UNAVAILABLE, "down").asException());
    assertThat(Results.failureOf(unlucky).kind()).isEqualTo(Failure.Kind.UNAVAILABLE);
    assertThat(memory.recall("known")).isEmpty();
    answer(1);
    assertThat(Results.of(next)).isEmpty();
  }

  @Test
  void an_answer_that_took_longer_than_it_would_be_remembered_is_not_believed() {
    Future<Optional<Kiosk>> asked = lookup.find("known");
    clock.advance(DeviceService.LIFE);
    answer(0, "known");
    assertThat(Results.failureOf(asked).kind()).isEqualTo(Failure.Kind.UNAVAILABLE);
    assertThat(memory.recall("known")).isEmpty();
  }

  @Test
  void an_answer_is_as_old_as_the_beginning_of_its_statement() {
    lookup.find("known");
    clock.advance(Duration.ofSeconds(4));
    answer(0, "known");
    assertThat(memory.recall("known")).isPresent();
    clock.advance(Duration.ofSeconds(1));
    assertThat(memory.recall("known")).isEmpty();
  }

  @Test
  void a_clock_set_back_makes_answers_old() {
    lookup.find("known");
    answer(0, "known");
    clock.advance(Duration.ofSeconds(-1));
    assertThat(memory.recall("known")).isEmpty();
  }

  @Test
  void a_source_that_throws_does_not_stop_the_next() {
    KioskLookup broken =
        new KioskLookup(
            hashes -> {
              throw new IllegalStateException("broken");
            },
            tokens,
            memory,
            clock);
    assertThat(broken.find("a").cause()).hasMessage("broken");
    assertThat(broken.find("b").cause()).hasMessage("broken");
  }

  @Test
  void everyone_is_answered_on_the_event_loop_that_asked(Vertx vertx) {
    Context one = vertx.getOrCreateContext();
    Promise<Context> answeredOn = Promise.promise();
    Promise<Void> asked = Promise.promise();
    one.runOnContext(
        go -> {
          lookup.find("known").onComplete(kiosk -> answeredOn.complete(Vertx.currentContext()));
          asked.complete();
        });
    Results.of(asked.future());
    answer(0, "known");
    assertThat(Results.of(answeredOn.future())).isSameAs(one);
  }

  @Test
  void guesses_do_not_push_out_those_who_belong_here() {
    memory.remember("known", Optional.of(KIOSK), clock.millis());
    IntStream.range(0, 25_000)
        .forEach(i -> memory.remember("guess " + i, Optional.empty(), clock.millis()));
    assertThat(memory.recall("known")).isPresent();
  }

  private Future<Map<Buffer, Kiosk>> ask(List<Buffer> hashes) {
    Promise<Map<Buffer, Kiosk>> answer = Promise.promise();
    statements.add(List.copyOf(hashes));
    answers.add(answer);
    return answer.future();
  }

  private void answer(int statement, String... known) {
    Map<Buffer, Kiosk> kiosks = new HashMap<>();
    for (String token : known) {
      kiosks.put(hash(token), KIOSK);
    }
    answers.get(statement).complete(kiosks);
  }

  private Buffer hash(String token) {
    return Buffer.buffer(tokens.hash(token));
  }
}
