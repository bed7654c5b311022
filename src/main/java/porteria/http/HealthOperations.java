package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import porteria.http.door.Probe;

/** Whether the server, and what it leans on, can serve. */
final class HealthOperations {

  private static final long PATIENCE_MILLIS = 2_000;

  /** How long an answer serves others too: who asks often must not load what he asks about. */
  private static final long LIFE_NANOS = 1_000_000_000;

  private final String version;
  private final List<Probe> probes;
  private final Map<String, Check> checks = new HashMap<>();

  /** An answer, perhaps still awaited, and when it was asked for. */
  private record Check(long begun, Future<JsonObject> result) {}

  HealthOperations(String version, List<Probe> probes) {
    this.version = version;
    this.probes = probes;
  }

  Future<Answer> live(Call call) {
    return Future.succeededFuture(Answer.ok(new JsonObject().put("status", "ok")));
  }

  Future<Answer> ready(Call call) {
    List<Future<JsonObject>> needed =
        probes.stream().filter(Probe::needed).map(this::check).toList();
    return Future.join(needed)
        .map(
            done -> {
              boolean up = needed.stream().map(Future::result).allMatch(HealthOperations::isUp);
              return Answer.of(up ? 200 : 503, new JsonObject().put("status", up ? "ok" : "down"));
            });
  }

  Future<Answer> health(Call call) {
    Map<Probe, Future<JsonObject>> asked = new LinkedHashMap<>();
    probes.forEach(probe -> asked.put(probe, check(probe)));
    return Future.join(List.copyOf(asked.values())).map(done -> answer(asked));
  }

  private Answer answer(Map<Probe, Future<JsonObject>> asked) {
    JsonObject results = new JsonObject();
    boolean needed = true;
    boolean all = true;
    for (Map.Entry<Probe, Future<JsonObject>> check : asked.entrySet()) {
      boolean up = isUp(check.getValue().result());
      all &= up;
      needed &= up || !check.getKey().needed();
      results.put(check.getKey().name(), check.getValue().result());
    }
    String status = all ? "ok" : needed ? "degraded" : "down";
    return Answer.of(
        needed ? 200 : 503,
        new JsonObject().put("status", status).put("version", version).put("checks", results));
  }

  /** For the event loop of one verticle. */
  private Future<JsonObject> check(Probe probe) {
    long now = System.nanoTime();
    Check last = checks.get(probe.name());
    if (last == null || now - last.begun() > LIFE_NANOS) {
      last = new Check(now, ask(probe, now));
      checks.put(probe.name(), last);
    }
    return last.result();
  }

  private static Future<JsonObject> ask(Probe probe, long begun) {
    return probe
        .version()
        .get()
        .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
        .map(found -> new JsonObject().put("status", "ok").put("version", found))
        .otherwise(error -> new JsonObject().put("status", "down"))
        .map(result -> result.put("latency_ms", (System.nanoTime() - begun) / 1_000_000.0));
  }

  private static boolean isUp(JsonObject result) {
    return "ok".equals(result.getString("status"));
  }
}
