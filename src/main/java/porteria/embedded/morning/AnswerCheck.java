package porteria.embedded.morning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import porteria.domain.ScanFlag;

/**
 * Holds an answer against what was played. What {@link ScanFlag#REPEAT} should be depends on other
 * taps and is checked by {@link DoubleReads}; {@link ScanFlag#IN_WHILE_IN} depends on earlier runs
 * of the day and is not checked.
 */
final class AnswerCheck {
  private static final Duration TOLERANCE = Duration.ofSeconds(2);
  private static final Duration SKEW_LIMIT = Duration.ofMinutes(5);
  private static final Set<ScanFlag> UNCHECKED = EnumSet.of(ScanFlag.REPEAT, ScanFlag.IN_WHILE_IN);

  private AnswerCheck() {}

  /** What is wrong with it; nothing when it is as it should be. */
  static List<String> mistakes(Delivery delivery) {
    Scan scan = delivery.scan();
    List<String> mistakes = new ArrayList<>();
    switch (delivery.answer()) {
      case Answer.Accepted accepted -> {
        expect(mistakes, scan, Expected.RECORDED.name(), "accepted");
        checkDuplicate(mistakes, delivery, accepted.duplicate());
        checkRecord(mistakes, scan, accepted);
      }
      case Answer.Rejected rejected -> {
        expect(mistakes, scan, rejected.reason().name(), "rejected, " + rejected.reason());
        checkDuplicate(mistakes, delivery, rejected.duplicate());
      }
      case Answer.Conflict() -> expect(mistakes, scan, Expected.CONFLICT.name(), "a conflict");
      case Answer.Invalid(String detail) ->
          expect(mistakes, scan, Expected.INVALID.name(), "invalid, " + detail);
    }
    return mistakes.stream().map(mistake -> scan.label() + " " + mistake).toList();
  }

  private static void expect(List<String> mistakes, Scan scan, String fitting, String was) {
    if (!scan.expected().name().equals(fitting)) {
      mistakes.add("should be " + scan.expected() + " and was " + was);
    }
  }

  /** After a repeated attempt either is right: an answer on the way may have been lost. */
  private static void checkDuplicate(List<String> mistakes, Delivery delivery, boolean duplicate) {
    if (delivery.scan().replay() && !duplicate) {
      mistakes.add("was a replay and was not recognised");
    }
    if (!delivery.scan().replay() && duplicate && delivery.sent().size() == 1) {
      mistakes.add("was new and was called a duplicate");
    }
  }

  private static void checkRecord(List<String> mistakes, Scan scan, Answer.Accepted accepted) {
    scan.card()
        .holder()
        .ifPresent(
            holder ->
                accepted
                    .studentId()
                    .filter(id -> !id.equals(holder.id()))
                    .ifPresent(id -> mistakes.add("was taken for another pupil")));
    accepted.occurredAt().ifPresent(at -> checkTime(mistakes, scan.happenedAt(), at));
    checkFlags(mistakes, scan, accepted.flags());
  }

  private static void checkTime(List<String> mistakes, Instant truth, Instant derived) {
    if (Duration.between(truth, derived).abs().compareTo(TOLERANCE) > 0) {
      mistakes.add(
          "occurred at " + Scan.time(truth) + " and was recorded at " + Scan.time(derived));
    }
  }

  private static void checkFlags(List<String> mistakes, Scan scan, Set<ScanFlag> answered) {
    EnumSet<ScanFlag> expected = EnumSet.noneOf(ScanFlag.class);
    Duration skew = Duration.between(scan.happenedAt(), scan.capturedAt()).abs();
    if (skew.compareTo(SKEW_LIMIT) > 0) {
      expected.add(ScanFlag.CLOCK_SKEW);
    }
    EnumSet<ScanFlag> checked = EnumSet.noneOf(ScanFlag.class);
    checked.addAll(answered);
    checked.removeAll(UNCHECKED);
    if (!checked.equals(expected)) {
      mistakes.add("should have the flags " + expected + " and had " + checked);
    }
  }
}
