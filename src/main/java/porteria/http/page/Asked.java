package porteria.http.page;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** What an address or a form asks for. What is blank was not given. */
final class Asked {

  private Asked() {}

  /** A parameter of the address. */
  static Optional<String> parameter(RoutingContext context, String name) {
    return Optional.ofNullable(context.request().getParam(name)).filter(text -> !text.isBlank());
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
