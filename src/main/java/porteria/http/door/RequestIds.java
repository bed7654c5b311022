package porteria.http.door;

import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gives each request its id: the caller's when it is decent, else one of ours. */
public final class RequestIds {

  private static final String HEADER = "X-Request-Id";
  private static final String KEY = "request-id";
  private static final Pattern DECENT = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private RequestIds() {}

  public static void handle(RoutingContext context) {
    String given = context.request().getHeader(HEADER);
    String id = given != null && DECENT.matcher(given).matches() ? given : newId();
    context.put(KEY, id);
    context.response().putHeader(HEADER, id);
    context.next();
  }

  public static String of(RoutingContext context) {
    @Nullable String id = context.get(KEY);
    return id == null ? newId() : id;
  }

  private static String newId() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }
}
