package porteria.http.page;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What pages load beside themselves. Each address tells what is behind it — ours hold a fingerprint
 * of all our files, those of libraries their release — so browsers keep it for good and ask for it
 * once. One fingerprint for all: scripts import each other by relative addresses.
 */
final class Assets {

  private static final String MOUNT = "/static/";
  private static final String OURS = "web/static";
  private static final String LIBRARIES = "META-INF/resources";

  /** Scripts and styles; the pages that libraries bring with them are not ours to offer. */
  private static final Pattern LIBRARY_FILE =
      Pattern.compile("(?:/[\\w@-][\\w@.-]*)+\\.(?:js|css)");

  /** What leads to one of our files without its fingerprint, or with any. */
  private static final Pattern OTHERWISE = Pattern.compile(MOUNT + "(?:[0-9a-f]{12}/)?(.+)");

  /** A year is what browsers take as "for good"; see RFC 8246 of what it means beside it. */
  private static final CharSequence FOR_GOOD =
      HttpHeaders.createOptimized(
          "public, max-age=" + Duration.ofDays(365).toSeconds() + ", immutable");

  private static final int FINGERPRINT_BYTES = 6;

  private final Vertx vertx;
  private final Set<String> names;
  private final String base;
  private final Map<String, Future<Optional<Asset>>> read = new ConcurrentHashMap<>();

  private Assets(Vertx vertx, Map<String, byte[]> files) {
    this.vertx = vertx;
    this.names = Set.copyOf(files.keySet());
    this.base = MOUNT + fingerprint(files);
  }

  /** Looks at all our files once. */
  static Assets load(Vertx vertx) {
    URL any = Objects.requireNonNull(Assets.class.getResource("/" + OURS + "/app.css"));
    try {
      if (any.openConnection() instanceof JarURLConnection packed) {
        Path jar = Path.of(packed.getJarFileURL().toURI());
        try (FileSystem content = FileSystems.newFileSystem(jar)) {
          return new Assets(vertx, read(content.getPath(OURS)));
        }
      }
      return new Assets(vertx, read(Objects.requireNonNull(Path.of(any.toURI()).getParent())));
    } catch (IOException e) {
      throw new UncheckedIOException(OURS, e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(OURS, e);
    }
  }

  /** What stands for {@code /static} in addresses now, such as "/static/3f9a1c2b7d10". */
  String base() {
    return base;
  }

  void mount(Router router) {
    router.get(MOUNT + "*").handler(Pages.PAGE).handler(this::ours);
    router.get("/webjars/*").handler(Pages.PAGE).handler(this::library);
  }

  private void ours(RoutingContext context) {
    Matcher asked = OTHERWISE.matcher(context.normalizedPath());
    if (!asked.matches() || !names.contains(asked.group(1))) {
      context.next();
      return;
    }
    String name = asked.group(1);
    if (context.normalizedPath().equals(base + "/" + name)) {
      answer(context, OURS + "/" + name);
    } else {
      lead(context, name);
    }
  }

  /** A page that was opened before the server was replaced goes on with the files as they are. */
  private void lead(RoutingContext context, String name) {
    context
        .response()
        .setStatusCode(302)
        .putHeader(HttpHeaders.LOCATION, base + "/" + name)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end();
  }

  private void library(RoutingContext context) {
    if (LIBRARY_FILE.matcher(context.normalizedPath()).matches()) {
      answer(context, LIBRARIES + context.normalizedPath());
    } else {
      context.next();
    }
  }

  private void answer(RoutingContext context, String resource) {
    find(resource)
        .onSuccess(
            found -> found.ifPresentOrElse(asset -> asset.answer(context, FOR_GOOD), context::next))
        .onFailure(context::fail);
  }

  /** Reads and presses away from the event loop, each file once. */
  private Future<Optional<Asset>> find(String resource) {
    return read.computeIfAbsent(
        resource,
        missing ->
            vertx
                .executeBlocking(() -> Asset.read(missing), false)
                .onComplete(
                    done -> {
                      if (done.failed() || done.result().isEmpty()) {
                        read.remove(missing);
                      }
                    }));
  }

  /** All files below a directory by name, in one order. */
  private static Map<String, byte[]> read(Path directory) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(directory)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        files.put(directory.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  private static String fingerprint(Map<String, byte[]> files) {
    MessageDigest digest = sha256();
    files.forEach(
        (name, content) -> {
          digest.update((name + "\0" + content.length + "\0").getBytes(StandardCharsets.UTF_8));
          digest.update(content);
        });
    return HexFormat.of().formatHex(digest.digest(), 0, FINGERPRINT_BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
