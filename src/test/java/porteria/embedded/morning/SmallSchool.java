package porteria.embedded.morning;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Pupils, guardians and kiosks to play with. */
final class SmallSchool {
  static final Demo.School OTHER =
      new Demo.School(
          "other",
          ZoneId.of("America/Santiago"),
          List.of(),
          List.of(),
          List.of(new Demo.Pupil("x1", "Otro Niño", "c1", "nfc-x1", "qr-x1", List.of())));

  private SmallSchool() {}

  /** A school of this many pupils and three kiosks. */
  static Demo.School of(int pupils) {
    return new Demo.School(
        "demo",
        ZoneId.of("America/Santiago"),
        List.of(),
        List.of(device(1), device(2), device(3)),
        IntStream.range(0, pupils).mapToObj(SmallSchool::pupil).toList());
  }

  static Demo.Pupil pupil(int number) {
    return new Demo.Pupil(
        "p" + number,
        "Niña Número-" + number + "-",
        "c" + number % 4,
        "nfc-" + number,
        "qr-" + number,
        guardians(number).toList());
  }

  private static Demo.Device device(int number) {
    return new Demo.Device("DEV-" + number, "GATE-" + number, "token-" + number);
  }

  /** Each kind of household there is. */
  private static Stream<Demo.Guardian> guardians(int number) {
    Optional<String> phone = Optional.of("+5690000" + number);
    Optional<String> mailbox = Optional.of("Casa" + number + "@correo.example");
    return switch (number % 4) {
      case 0 -> Stream.of(new Demo.Guardian(phone, mailbox), new Demo.Guardian(phone, mailbox));
      case 1 -> Stream.of(new Demo.Guardian(Optional.empty(), mailbox));
      case 2 -> Stream.of(new Demo.Guardian(phone, Optional.empty()), unreachable());
      default ->
          Stream.of(
              new Demo.Guardian(phone, Optional.empty()),
              new Demo.Guardian(Optional.empty(), mailbox));
    };
  }

  private static Demo.Guardian unreachable() {
    return new Demo.Guardian(Optional.empty(), Optional.empty());
  }
}
