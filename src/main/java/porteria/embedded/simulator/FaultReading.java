package porteria.embedded.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** What came of reading a fault: the fault, or every mistake in it. */
sealed interface FaultReading {
  /** A fault that can be played. */
  record Valid(Fault fault) implements FaultReading {}

  /** What is wrong, a sentence each. */
  record Wrong(List<String> mistakes) implements FaultReading {}

  /** Reads one fault of {@code PUT /faults}. */
  static FaultReading read(Node json) {
    return json.isObject()
        ? new Reader(json).read()
        : new Wrong(List.of("a fault is an object with at least mode"));
  }

  /** Gathers the mistakes while reading. */
  final class Reader {
    private static final Set<String> FIELDS =
        Set.of("channel", "mode", "code", "rate", "to", "times", "delay_ms", "accepted");
    private static final int LONGEST_DELAY_MS = 600_000;

    private final Node json;
    private final List<String> mistakes = new ArrayList<>();

    private Reader(Node json) {
      this.json = json;
    }

    private FaultReading read() {
      json.fields().stream()
          .filter(field -> !FIELDS.contains(field))
          .forEach(field -> mistakes.add("unknown field " + field));
      FaultMode mode = mode();
      OptionalLong times = whole("times", 1, 1_000_000_000);
      Fault fault =
          new Fault(
              channel(),
              mode,
              code(mode),
              rate(),
              Recipient.key(json.get("to").words()),
              times.isPresent() ? OptionalInt.of((int) times.getAsLong()) : OptionalInt.empty(),
              whole("delay_ms", 0, LONGEST_DELAY_MS),
              json.get("accepted").truth().orElse(mode.takesMessage()));
      if (json.get("to").present() && fault.to().isEmpty()) {
        mistakes.add("to must be a phone or a mailbox");
      }
      return mistakes.isEmpty() ? new Valid(fault) : new Wrong(List.copyOf(mistakes));
    }

    private FaultMode mode() {
      Optional<FaultMode> mode = FaultMode.of(json.get("mode").words());
      if (mode.isEmpty()) {
        mistakes.add("mode must be ok, 500, 429, timeout, drop, garbage, slow or code");
      }
      return mode.orElse(FaultMode.OK);
    }

    private Optional<Channel> channel() {
      if (!json.get("channel").present()) {
        return Optional.empty();
      }
      return switch (json.get("channel").words().toUpperCase(Locale.ROOT)) {
        case "WHATSAPP" -> Optional.of(Channel.WHATSAPP);
        case "EMAIL" -> Optional.of(Channel.EMAIL);
        default -> {
          mistakes.add("channel must be WHATSAPP or EMAIL");
          yield Optional.empty();
        }
      };
    }

    private String code(FaultMode mode) {
      String code = json.get("code").words();
      if (mode == FaultMode.CODE && !code.matches("[0-9]{1,9}|[A-Za-z]{3,60}")) {
        mistakes.add("mode code needs a code: a number, or the name of an SES error");
      }
      return code;
    }

    private double rate() {
      if (!json.get("rate").present()) {
        return 1;
      }
      double rate = json.get("rate").number().map(Number::doubleValue).orElse(-1.0);
      if (!(rate >= 0 && rate <= 1)) {
        mistakes.add("rate must be between 0.0 and 1.0");
      }
      return rate;
    }

    private OptionalLong whole(String field, long least, long most) {
      if (!json.get(field).present()) {
        return OptionalLong.empty();
      }
      double number = json.get(field).number().map(Number::doubleValue).orElse(-1.0);
      if (!(number >= least && number <= most) || number != Math.rint(number)) {
        mistakes.add(field + " must be a whole number from " + least + " to " + most);
      }
      return OptionalLong.of((long) number);
    }
  }
}
