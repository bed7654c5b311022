package porteria.embedded.morning;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import porteria.domain.ScanFlag;
import porteria.domain.ScanType;

/** What families are owed for a day: by the script, and by the answers to the kiosks. */
final class DayLedger {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d 'de' MMMM 'de' uuuu", Locale.of("es"));
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

  /** By how much our reckoning of the server's clock may be off. */
  private static final Duration DOUBT = Duration.ofSeconds(10);

  private final ZoneId zone;
  private final DayScript script;
  private final Map<String, DayScript.Visit> visits = new HashMap<>();
  private final List<Owed> owed = new ArrayList<>();
  private final Set<String> entered = new HashSet<>();
  private final List<String> mistakes = new ArrayList<>();
  private Optional<String> mistakenEvent = Optional.empty();
  private int answered;

  /**
   * @param zone of the school
   */
  DayLedger(ZoneId zone, DayScript script) {
    this.zone = zone;
    this.script = script;
    for (DayScript.Visit visit : script.visits()) {
      visits.put(visit.pupil().id(), visit);
      if (visit.part() == DayScript.Part.STAYS_AWAY) {
        owe(visit.pupil(), MessageKind.NO_INGRESO, Set.of(CLOCK.format(visit.cutOff())), "");
      }
    }
  }

  List<Owed> owed() {
    return List.copyOf(owed);
  }

  /** What was answered wrongly. */
  List<String> mistakes() {
    return List.copyOf(mistakes);
  }

  int answered() {
    return answered;
  }

  /** How many pupils looked for before that time have no entry that the server has answered. */
  long unseen(LocalTime before) {
    return visits.values().stream()
        .filter(visit -> visit.cutOff().isBefore(before))
        .filter(visit -> visit.part() != DayScript.Part.EXCUSED)
        .filter(visit -> !entered.contains(visit.pupil().id()))
        .count();
  }

  /** The event of the exit at noon, once it is recorded. */
  Optional<String> mistakenEvent() {
    return mistakenEvent;
  }

  /** Enters a final answer. */
  void enter(Delivery delivery) {
    answered++;
    if (delivery.answer() instanceof Answer.Accepted accepted && isNews(accepted)) {
      delivery
          .scan()
          .card()
          .holder()
          .flatMap(pupil -> Optional.ofNullable(visits.get(pupil.id())))
          .ifPresent(visit -> enter(delivery, accepted, visit));
    } else {
      mistakes.add(delivery.scan().label() + " was answered " + delivery.answer());
    }
  }

  /** Enters a scan that was never answered. */
  void enterLost(Scan scan) {
    mistakes.add(scan.label() + " could not be delivered");
  }

  /** Enters that the family who asked to excuse a pupil is told that it is. */
  void enterExcused(Demo.Pupil pupil, LocalDate date) {
    owed.add(
        new Owed(
            Family.address(pupil),
            pupil.id(),
            pupil.fullName(),
            MessageKind.AUSENCIA_RESUELTA,
            Set.of(DATE.format(date)),
            Optional.empty()));
  }

  /** Enters what else went wrong. */
  void enterMistake(String mistake) {
    mistakes.add(mistake);
  }

  private static boolean isNews(Answer.Accepted accepted) {
    return !accepted.flags().contains(ScanFlag.REPEAT)
        && !accepted.flags().contains(ScanFlag.STALE);
  }

  private void enter(Delivery delivery, Answer.Accepted accepted, DayScript.Visit visit) {
    Set<String> times = times(delivery, accepted.duplicate());
    Demo.Pupil pupil = visit.pupil();
    if (delivery.scan().type() == ScanType.IN) {
      entered.add(pupil.id());
      owe(pupil, MessageKind.INGRESO_OK, times, "");
      if (visit.part() == DayScript.Part.COMES_AFTER_ALARM) {
        owe(pupil, MessageKind.NO_INGRESO, Set.of(CLOCK.format(visit.cutOff())), "alarm");
        owe(pupil, MessageKind.LLEGADA_TRAS_AVISO, times, "alarm");
      }
    } else if (isMistake(delivery.scan(), visit)) {
      mistakenEvent = Optional.of(accepted.eventId());
      owe(pupil, MessageKind.SALIDA_OK, times, "exit");
      owe(pupil, MessageKind.SALIDA_ANULADA, times, "exit");
    } else {
      owe(pupil, MessageKind.SALIDA_OK, times, "");
    }
  }

  private boolean isMistake(Scan scan, DayScript.Visit visit) {
    LocalTime at = LocalTime.ofInstant(scan.happenedAt(), zone);
    return visit.equals(script.mistaken()) && at.isBefore(DayScript.ANNULMENT);
  }

  /**
   * @param pair what it is told with or not at all; empty when it is told in any case
   */
  private void owe(Demo.Pupil pupil, MessageKind kind, Set<String> times, String pair) {
    for (Obligation.Address address : Obligation.addresses(pupil)) {
      Optional<String> together =
          Optional.of(pair)
              .filter(name -> !name.isEmpty())
              .map(name -> name + "/" + pupil.id() + "/" + address);
      owed.add(new Owed(address, pupil.id(), pupil.fullName(), kind, times, together));
    }
  }

  /**
   * The server takes the way of the request for an error of the kiosk's clock, up to its length.
   */
  private Set<String> times(Delivery delivery, boolean duplicate) {
    Instant sent = duplicate ? delivery.sent().getFirst() : delivery.sent().getLast();
    Duration way = Duration.between(sent, delivery.answeredAt());
    Instant first = delivery.scan().happenedAt().minus(DOUBT);
    Instant last = delivery.scan().happenedAt().plus(way).plus(DOUBT);
    Set<String> times = new TreeSet<>();
    for (Instant at = first; at.isBefore(last); at = at.plus(DOUBT)) {
      times.add(CLOCK.format(at.atZone(zone)));
    }
    times.add(CLOCK.format(last.atZone(zone)));
    return times;
  }
}
