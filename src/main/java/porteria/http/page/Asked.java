package porteria.http.page;

import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import porteria.domain.Failure;

/** What an address or a form asks for. What is blank was not given. */
final class Asked {

  /** Of the contract. */
  private static final int LONGEST_WORDS = 100;

  private static final int EARLIEST_YEAR = 1900;
  private static final int LATEST_YEAR = 2999;

  private Asked() {}

  /** A parameter of the address. */
  static Optional<String> parameter(RoutingContext context, String name) {
    return Optional.ofNullable(context.request().getParam(name)).filter(text -> !text.isBlank());
  }

  /**
   * Words to look for, as the contract has them; fails with INVALID_REQUEST for others.
   *
   * @throws porteria.domain.FailureException where they are too long or no words at all
   */
  static Optional<String> words(RoutingContext context, String name) {
    return parameter(context, name)
        .map(String::strip)
        .map(
            text -> {
              if (text.length() > LONGEST_WORDS || text.chars().anyMatch(Character::isISOControl)) {
                throw invalid(name, "words");
              }
              return text;
            });
  }

  /**
   * A parameter that is a day, such as 2026-06-12.
   *
   * @throws porteria.domain.FailureException where it is none
   */
  static Optional<LocalDate> day(RoutingContext context, String name) {
    return read(context, name, "day", LocalDate::parse)
        .map(
            day -> {
              if (day.getYear() < EARLIEST_YEAR || day.getYear() > LATEST_YEAR) {
                throw invalid(name, "day");
              }
              return day;
            });
  }

  /**
   * A parameter that is a month, such as 2026-06.
   *
   * @throws porteria.domain.FailureException where it is none
   */
  static Optional<YearMonth> month(RoutingContext context, String name) {
    return read(context, name, "month", YearMonth::parse)
        .map(
            month -> {
              if (month.getYear() < EARLIEST_YEAR || month.getYear() > LATEST_YEAR) {
                throw invalid(name, "month");
              }
              return month;
            });
  }

  private static <T> Optional<T> read(
      RoutingContext context, String name, String allowed, Function<String, T> reader) {
    try {
      return parameter(context, name).map(reader);
    } catch (DateTimeException none) {
      throw invalid(name, allowed);
    }
  }

  private static RuntimeException invalid(String name, String allowed) {
    return new Failure(
            Failure.Kind.INVALID_REQUEST,
            "The address asks for something that cannot be.",
            List.of(new Failure.FieldError(name, allowed)))
        .asException();
  }

  /** A parameter that is an id; one that is malformed is nobody's. */
  static Optional<UUID> id(RoutingContext context, String name) {
    return parameter(context, name).map(Asked::uuid);
  }

  /** A parameter that is one of a few; any other counts as not given. */
  static <E extends Enum<E>> Optional<E> choice(RoutingContext context, String name, E[] allowed) {
    return parameter(context, name)
        .flatMap(text -> List.of(allowed).stream().filter(e -> e.name().equals(text)).findFirst());
  }

  /** An id that is a part of the path. */
  static UUID inPath(RoutingContext context, String name) {
    return uuid(Objects.requireNonNullElse(context.pathParam(name), ""));
  }

  /** A field of the form. */
  static Optional<String> field(RoutingContext context, String name) {
    return Optional.ofNullable(context.request().getFormAttribute(name))
        .filter(text -> !text.isBlank());
  }

  /** A field of the form as one line: what breaks lines is a space. */
  static Optional<String> line(RoutingContext context, String name) {
    return field(context, name)
        .map(text -> text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip())
        .filter(text -> !text.isEmpty());
  }

  /** An id as text; what is none is nobody's id. */
  static UUID uuid(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException notAnId) {
      return new UUID(0, 0);
    }
  }
}
