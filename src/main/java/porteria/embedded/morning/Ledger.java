package porteria.embedded.morning;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import porteria.domain.RejectionReason;
import porteria.domain.ScanFlag;

/**
 * What the kiosks were answered, and what families are owed for it: one message at each address of
 * a scan that was accepted and is neither a repeat nor stale.
 */
final class Ledger {
  private static final Duration MINUTE_DOUBT = Duration.ofSeconds(2);
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

  private final ZoneId zone;
  private final DoubleReads doubleReads;
  private final List<Obligation> obligations = new ArrayList<>();
  private final List<String> mistakes = new ArrayList<>();
  private final List<Duration> answerTimes = new ArrayList<>();
  private final Map<String, String> events = new HashMap<>();
  private final Map<RejectionReason, Integer> rejected = new EnumMap<>(RejectionReason.class);
  private int accepted;
  private int repeated;
  private int duplicates;
  private int conflicts;
  private int invalid;

  /** How many scans were answered how. A duplicate is counted as nothing else. */
  record Counts(
      int sent,
      int accepted,
      int repeated,
      int duplicates,
      Map<RejectionReason, Integer> rejected,
      int conflicts,
      int invalid) {}

  /**
   * @param zone of the school
   * @param earlierRun when the last tap of an earlier run was
   */
  Ledger(ZoneId zone, Optional<Instant> earlierRun) {
    this.zone = zone;
    this.doubleReads = new DoubleReads(earlierRun);
  }

  /** Enters a final answer. */
  void enter(Delivery delivery) {
    mistakes.addAll(AnswerCheck.mistakes(delivery));
    answerTimes.add(delivery.answerTime());
    switch (delivery.answer()) {
      case Answer.Accepted answer -> enter(delivery, answer);
      case Answer.Rejected answer -> enter(answer);
      case Answer.Conflict() -> conflicts++;
      case Answer.Invalid answer -> invalid++;
    }
  }

  /** Enters a scan that was never answered. */
  void enterLost(Scan scan) {
    mistakes.add(scan.label() + " could not be delivered");
  }

  Counts counts() {
    return new Counts(
        answerTimes.size(),
        accepted,
        repeated,
        duplicates,
        Map.copyOf(rejected),
        conflicts,
        invalid);
  }

  List<Obligation> obligations() {
    return List.copyOf(obligations);
  }

  /** How long each answer took. */
  List<Duration> answerTimes() {
    return List.copyOf(answerTimes);
  }

  /** What was answered wrongly. */
  List<String> mistakes() {
    return Stream.concat(mistakes.stream(), doubleReads.mistakes().stream()).toList();
  }

  private void enter(Delivery delivery, Answer.Accepted answer) {
    Scan scan = delivery.scan();
    if (answer.duplicate()) {
      duplicates++;
    } else {
      accepted++;
      repeated += answer.flags().contains(ScanFlag.REPEAT) ? 1 : 0;
    }
    if (scan.replay()) {
      checkSameEvent(scan, answer.eventId());
    } else {
      events.put(scan.label(), answer.eventId());
      scan.card().holder().ifPresent(pupil -> owe(delivery, answer, pupil));
    }
  }

  private void enter(Answer.Rejected answer) {
    if (answer.duplicate()) {
      duplicates++;
    } else {
      rejected.merge(answer.reason(), 1, Integer::sum);
    }
  }

  private void checkSameEvent(Scan replay, String eventId) {
    if (!eventId.equals(events.get(replay.label()))) {
      mistakes.add(replay.label() + " was a replay and was answered with another event");
    }
  }

  private void owe(Delivery delivery, Answer.Accepted answer, Demo.Pupil pupil) {
    Scan scan = delivery.scan();
    boolean repeat = answer.flags().contains(ScanFlag.REPEAT);
    doubleReads.add(scan, pupil, repeat);
    if (repeat || answer.flags().contains(ScanFlag.STALE)) {
      return;
    }
    Set<String> times = times(scan, answer);
    for (Obligation.Address address : Obligation.addresses(pupil)) {
      obligations.add(
          new Obligation(
              address,
              pupil.fullName(),
              scan.type(),
              times,
              delivery.recordedFrom(),
              scan.label()));
    }
  }

  /** By the answer where it says, else by the truth, give or take what a clock may be off. */
  private Set<String> times(Scan scan, Answer.Accepted answer) {
    return answer
        .occurredAt()
        .map(Stream::of)
        .orElseGet(() -> around(scan.happenedAt()))
        .map(instant -> CLOCK.format(instant.atZone(zone)))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<Instant> around(Instant truth) {
    return Stream.of(truth.minus(MINUTE_DOUBT), truth, truth.plus(MINUTE_DOUBT));
  }
}
