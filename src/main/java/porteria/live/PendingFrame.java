package porteria.live;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import porteria.bus.DayView;
import porteria.bus.LiveChange;

/**
 * The changes of one school that wait for the tick. Bounded: of a flood the oldest are left out,
 * and a dashboard that misses numbers loads the day anew.
 */
final class PendingFrame {

  private static final int MOST = 1_000;

  private final List<LiveChange> changes = new ArrayList<>();

  void add(List<LiveChange> more) {
    changes.addAll(more);
    if (changes.size() > MOST) {
      changes.subList(0, changes.size() - MOST).clear();
    }
  }

  /** The frame: the changes oldest first, and the counts as they are now. */
  JsonObject toJson(DayView day) {
    changes.sort(Comparator.comparingLong(LiveChange::seq));
    Map<UUID, String> courses =
        day.courses().stream()
            .collect(Collectors.toMap(DayView.Course::courseId, DayView.Course::name));
    JsonArray items = new JsonArray();
    for (LiveChange change : changes) {
      Optional<String> course = change.courseId().map(courses::get);
      items.add(change.toJson(course));
    }
    return new JsonObject()
        .put("type", "attendance")
        .put("date", day.date().toString())
        .put("from_seq", changes.getFirst().seq())
        .put("to_seq", changes.getLast().seq())
        .put("changes", items)
        .put("totals", day.totals().toJson())
        .put("courses", day.coursesToJson());
  }
}
