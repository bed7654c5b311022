package porteria;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import porteria.config.StorageSettings;
import porteria.db.Database;
import porteria.http.door.Probe;

/** How the parts that the server leans on are asked whether they answer. */
final class Probes {

  private static final Pattern REDIS_VERSION = Pattern.compile("redis_version:(\\S+)");

  private final Database database;
  private final Redis redis;
  private final HttpClient http;
  private final StorageSettings storage;

  Probes(Vertx vertx, Database database, Redis redis, StorageSettings storage) {
    this.database = database;
    this.redis = redis;
    this.http = vertx.createHttpClient();
    this.storage = storage;
  }

  List<Probe> all() {
    return List.of(
        new Probe("database", true, this::database),
        new Probe("redis", false, this::redis),
        new Probe("s3", false, this::storage));
  }

  private Future<String> database() {
    return database
        .workerQuery("SHOW server_version", Tuple.tuple())
        .map(rows -> rows.iterator().next().getString(0));
  }

  private Future<String> redis() {
    return redis
        .send(Request.cmd(Command.INFO).arg("server"))
        .map(
            info -> {
              Matcher version = REDIS_VERSION.matcher(String.valueOf(info));
              return version.find() ? version.group(1) : "unknown";
            });
  }

  /** Any answer will do: what it may show to a stranger is its own affair. */
  private Future<String> storage() {
    return http.request(
            new RequestOptions()
                .setMethod(HttpMethod.HEAD)
                .setAbsoluteURI(storage.endpoint().toString()))
        .compose(HttpClientRequest::send)
        .map(response -> Objects.requireNonNullElse(response.getHeader("Server"), "unknown"));
  }
}
