package porteria.embedded.morning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import porteria.domain.ScanType;

/**
 * Who comes when, by which gate, and what goes wrong: drawn from a seed and nothing else.
 *
 * <pre>
 * 0 %                 45 %                85 %   92 %  100 %
 * ├───── arrivals, a bell with its rush ───┤     ├─ some leave
 *                 40 %├── one gate is dark ──┤70 %
 * </pre>
 *
 * <p>A pupil enters once and leaves at most once. A double tap follows so soon that the server must
 * see a double read; who leaves does so by the gate of the entry, behind it in the same queue. So a
 * family is told of a direction once at most, whatever order the kiosks' answers come in.
 *
 * @param taps in the order of time
 * @param fastKiosk the kiosk whose clock is wrong
 */
record Script(List<Tap> taps, Outage outage, int fastKiosk) {
  /** When a kiosk has no network, since the morning began. */
  record Outage(int kiosk, Duration from, Duration until) {}

  private static final double COME = 0.96;
  private static final double READ_BY_QR = 0.10;
  private static final double DOUBLE_TAPS = 0.05;
  private static final double SENT_AGAIN = 0.02;
  private static final double WRONG_CARDS = 0.005;
  private static final double LEAVE = 0.04;
  private static final double RUSH = 0.45;
  private static final double SPREAD = 0.16;
  private static final double FIRST_ARRIVAL = 0.02;
  private static final double LAST_ARRIVAL = 0.85;
  private static final double FIRST_DEPARTURE = 0.92;
  private static final double DARK_FROM = 0.40;
  private static final double DARK_UNTIL = 0.70;
  private static final Duration FULL_LENGTH = Duration.ofSeconds(60);

  /**
   * @param duration of the morning; in one shorter than a minute the gaps between double taps, 1 to
   *     3 s, shrink with it
   * @throws IllegalArgumentException when the school has no pupil or no kiosk
   */
  static Script write(long seed, Duration duration, Demo.School school, List<Demo.Pupil> others) {
    if (school.pupils().isEmpty() || school.devices().isEmpty()) {
      throw new IllegalArgumentException("the school has no pupils or no kiosks");
    }
    return new Writer(seed, duration, school, others).write();
  }

  /** Draws one script. */
  private static final class Writer {
    private final Random random;
    private final Duration duration;
    private final Demo.School school;
    private final List<Demo.Pupil> others;
    private final int kiosks;
    private final int darkKiosk;

    Writer(long seed, Duration duration, Demo.School school, List<Demo.Pupil> others) {
      this.random = new Random(seed);
      this.duration = duration;
      this.school = school;
      this.others = others;
      this.kiosks = school.devices().size();
      this.darkKiosk = 1 % kiosks;
    }

    Script write() {
      List<Tap> entries = entries();
      List<Tap> taps = new ArrayList<>();
      taps.addAll(doubleTaps(entries));
      taps.addAll(departures(entries));
      taps.addAll(wrongCards());
      taps.addAll(brokenRecords(entries));
      taps.addAll(twisted(entries));
      taps.sort(Comparator.comparing(Tap::at));
      return new Script(
          List.copyOf(taps),
          new Outage(darkKiosk, share(DARK_FROM), share(DARK_UNTIL)),
          kiosks - 1);
    }

    private List<Tap> entries() {
      List<Demo.Pupil> pupils = new ArrayList<>(school.pupils());
      Collections.shuffle(pupils, random);
      return pupils.subList(0, count(COME, pupils.size())).stream()
          .map(pupil -> new Tap(arrival(), random.nextInt(kiosks), card(pupil), ScanType.IN))
          .toList();
    }

    private Card card(Demo.Pupil pupil) {
      return random.nextDouble() < READ_BY_QR ? Card.qr(pupil) : Card.nfc(pupil);
    }

    private Duration arrival() {
      double share;
      do {
        share = RUSH + SPREAD * random.nextGaussian();
      } while (share < FIRST_ARRIVAL || share > LAST_ARRIVAL);
      return share(share);
    }

    private List<Tap> doubleTaps(List<Tap> entries) {
      double shrink = Math.min(1.0, (double) duration.toMillis() / FULL_LENGTH.toMillis());
      return some(entries, DOUBLE_TAPS).stream()
          .map(
              first -> {
                long gap = (long) (shrink * (1000 + random.nextInt(2000)));
                int kiosk = random.nextBoolean() ? first.kiosk() : random.nextInt(kiosks);
                return new Tap(first.at().plusMillis(gap), kiosk, first.card(), ScanType.IN);
              })
          .toList();
    }

    private List<Tap> departures(List<Tap> entries) {
      return some(entries, LEAVE).stream()
          .map(
              entry ->
                  new Tap(between(FIRST_DEPARTURE, 1.0), entry.kiosk(), entry.card(), ScanType.OUT))
          .toList();
    }

    private List<Tap> wrongCards() {
      List<Tap> taps = new ArrayList<>();
      int unknown = Math.max(2, count(WRONG_CARDS, school.pupils().size()));
      for (int i = 0; i < unknown; i++) {
        taps.add(anywhere(Card.unknown(randomToken())));
      }
      taps.set(0, taps.getFirst().with(Tap.Twist.SENT_AGAIN));
      if (!others.isEmpty()) {
        taps.add(anywhere(Card.foreign(others.get(random.nextInt(others.size())))));
      }
      return taps;
    }

    private Tap anywhere(Card card) {
      return new Tap(
          between(FIRST_ARRIVAL, LAST_ARRIVAL), random.nextInt(kiosks), card, ScanType.IN);
    }

    private String randomToken() {
      byte[] bytes = new byte[16];
      random.nextBytes(bytes);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** They lie in the dark gate's queue among good scans and must block none of them. */
    private List<Tap> brokenRecords(List<Tap> entries) {
      Card card = entries.get(random.nextInt(entries.size())).card();
      return List.of(
          inTheDark(card).with(Tap.Twist.NEGATIVE_SEQ),
          inTheDark(card).with(Tap.Twist.UNKNOWN_GATE));
    }

    private Tap inTheDark(Card card) {
      return new Tap(between(DARK_FROM, DARK_UNTIL), darkKiosk, card, ScanType.IN);
    }

    /** The first is sent under a used number; some are sent again, from the dark gate too. */
    private List<Tap> twisted(List<Tap> entries) {
      List<Tap> twisted = new ArrayList<>(entries);
      twisted.set(0, entries.getFirst().with(Tap.Twist.KEY_REUSED));
      for (int i = 1; i <= Math.min(count(SENT_AGAIN, entries.size()), entries.size() - 1); i++) {
        twisted.set(i, entries.get(i).with(Tap.Twist.SENT_AGAIN));
      }
      for (int i = 1; i < entries.size(); i++) {
        if (isDark(entries.get(i))) {
          twisted.set(i, entries.get(i).with(Tap.Twist.SENT_AGAIN));
          break;
        }
      }
      return twisted;
    }

    private boolean isDark(Tap tap) {
      return tap.kiosk() == darkKiosk
          && tap.at().compareTo(share(DARK_FROM)) > 0
          && tap.at().compareTo(share(DARK_UNTIL)) < 0;
    }

    private <T> List<T> some(List<T> all, double share) {
      List<T> shuffled = new ArrayList<>(all);
      Collections.shuffle(shuffled, random);
      return shuffled.subList(0, count(share, all.size()));
    }

    private static int count(double share, int all) {
      return Math.max(1, (int) Math.round(share * all));
    }

    private Duration between(double from, double until) {
      return share(from + random.nextDouble() * (until - from));
    }

    private Duration share(double share) {
      return Duration.ofMillis((long) (share * duration.toMillis()));
    }
  }
}
