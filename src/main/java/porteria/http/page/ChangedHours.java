package porteria.http.page;

import java.util.Optional;

/** Says in words what changes of a day's hours. */
final class ChangedHours {

  private ChangedHours() {}

  /** Such as "entrada a las 09:00 y salida a las 12:30", or that there is no school. */
  static String change(
      boolean closed, Optional<String> inTime, Optional<String> outTime, Phrases phrases) {
    if (closed) {
      return phrases.of("hours.closed");
    }
    Optional<String> in = inTime.map(time -> phrases.with("hours.in", "time", time));
    Optional<String> out = outTime.map(time -> phrases.with("hours.out", "time", time));
    if (in.isPresent() && out.isPresent()) {
      return phrases.of("hours.both").replace("{in}", in.get()).replace("{out}", out.get());
    }
    return in.or(() -> out).orElse("");
  }
}
