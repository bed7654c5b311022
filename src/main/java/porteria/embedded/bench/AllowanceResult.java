package porteria.embedded.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How much of an account's allowance a backlog used.
 *
 * @param windows with more and more nodes
 */
record AllowanceResult(List<Window> windows) {

  private static final double LEAST_USED = 0.99;

  AllowanceResult {
    windows = List.copyOf(windows);
  }

  /**
   * What arrived while so many nodes sent.
   *
   * @param used part of the allowance
   * @param refused arrivals that a bucket of one second's allowance, refilled evenly, does not take
   */
  record Window(int nodes, double used, int refused) {

    /** From the times of arrival, in micro-seconds, in order. */
    static Window of(int nodes, List<Long> arrivals, int perSecond, int seconds) {
      double level = perSecond;
      int refused = 0;
      long last = arrivals.isEmpty() ? 0 : arrivals.getFirst();
      for (long at : arrivals) {
        level = Math.min(perSecond, level + (at - last) * perSecond / 1e6);
        last = at;
        if (level < 1) {
          refused++;
        } else {
          level--;
        }
      }
      return new Window(nodes, arrivals.size() / (double) (perSecond * seconds), refused);
    }

    boolean isGood() {
      return used >= LEAST_USED && refused == 0;
    }

    private String line() {
      return String.format(Locale.ROOT, "| %d | %.1f %% | %d |%n", nodes, used * 100, refused);
    }

    private JsonObject toJson() {
      return new JsonObject().put("nodes", nodes).put("used", used).put("refused", refused);
    }
  }

  boolean isGood() {
    return windows.stream().allMatch(Window::isGood);
  }

  String toMarkdown() {
    return """
        | nodes that share %d messages/s, %d s of a backlog | used | too many at once |
        |---|---|---|
        %s
        at least %.0f %% used and never more than the allowance: %s
        """
        .formatted(
            AllowanceBench.PER_SECOND,
            AllowanceBench.SECONDS,
            windows.stream().map(Window::line).collect(Collectors.joining()),
            LEAST_USED * 100,
            isGood() ? "reached" : "MISSED");
  }

  JsonObject toJson() {
    return new JsonObject()
        .put("limit", LEAST_USED)
        .put("reached", isGood())
        .put("windows", new JsonArray(windows.stream().map(Window::toJson).toList()));
  }
}
