package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Whether the server, and what it leans on, can serve. */
final class HealthOperations {

  private static final long PATIENCE_MILLIS = 2_000;

  private final String version;
  private final List<Probe> probes;

  HealthOperations(String version, List<Probe> probes) {
    this.version = version;
    this.probes = probes;
  }

  Future<Answer> live(Call call) {
    return Future.succeededFuture(Answer.ok(new JsonObject().put("status", "ok")));
  }

  Future<Answer> ready(Call call) {
    List<Future<JsonObject>> needed =
        probes.stream().filter(Probe::needed).map(HealthOperations::check).toList();
    return Future.join(needed)
        .map(
            done -> {
              boolean up = needed.stream().map(Future::result).allMatch(HealthOperations::isUp);
              return Answer.of(up ? 200 : 503, new JsonObject().put("status", up ? "ok" : "down"));
            });
  }

  Future<Answer> health(Call call) {
    Map<Probe, Future<JsonObject>> checks = new LinkedHashMap<>();
    probes.forEach(probe -> checks.put(probe, check(probe)));
    return Future.join(List.copyOf(checks.values())).map(done -> answer(checks));
  }

  private Answer answer(Map<Probe, Future<JsonObject>> checks) {
    JsonObject results = new JsonObject();
    boolean needed = true;
    boolean all = true;
    for (Map.Entry<Probe, Future<JsonObject>> check : checks.entrySet()) {
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

  private static Future<JsonObject> check(Probe probe) {
    long begun = System.nanoTime();
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
