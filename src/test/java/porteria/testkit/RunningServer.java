package porteria.testkit;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import porteria.Server;
import porteria.bus.Event;
import porteria.config.AddressRange;
import porteria.config.CardSettings;
import porteria.config.DatabaseSettings;
import porteria.config.DeviceSettings;
import porteria.config.EmailSettings;
import porteria.config.HttpSettings;
import porteria.config.LimitSettings;
import porteria.config.LiveSettings;
import porteria.config.NoShowSettings;
import porteria.config.NotificationSettings;
import porteria.config.PhotoSettings;
import porteria.config.RedisSettings;
import porteria.config.ScanSettings;
import porteria.config.Secret;
import porteria.config.SecuritySettings;
import porteria.config.Settings;
import porteria.config.VerticleSettings;
import porteria.config.WhatsAppSettings;
import porteria.domain.Role;

/**
 * A whole node on a free port, with a database of its own and a clock that the test moves. Comes by
 * {@link RunningServerExtension}.
 */
public final class RunningServer implements AutoCloseable {

  /** Half past seven on a Wednesday morning in Santiago, where each clock begins. */
  public static final Instant MORNING = Instant.parse("2026-06-10T11:30:00Z");

  private static final Duration REPEAT_WINDOW = Duration.ofSeconds(60);
  private static final Duration SKEW_LIMIT = Duration.ofMinutes(5);
  private static final Duration ANNUL_WINDOW = Duration.ofMinutes(15);
  private static final Duration STALE_AFTER = Duration.ofHours(2);

  private static final Duration GRACE = Duration.ofMinutes(15);
  private static final Duration MAX_HOLD = Duration.ofMinutes(20);
  private static final Duration QR_LIFE = Duration.ofMinutes(5);

  /** A site whose pages may call the API. */
  public static final String CORS_ORIGIN = "https://intranet.example.test";

  /** Nobody listens there. */
  static final URI NOWHERE = URI.create("http://127.0.0.1:9");

  private static final int MAX_BODY_BYTES = 2_097_152;
  private static final int CONNECTIONS = 24;
  private static final Duration ONE_MINUTE = Duration.ofMinutes(1);

  /** Real time: a call given up because the machine was busy is resent when the clock moves. */
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

  /** How long photos are kept. */
  public static final Duration PHOTO_RETENTION = Duration.ofDays(60);

  /** A kiosk that reported longer ago leaves its gate dark. */
  public static final Duration DARK_AFTER = Duration.ofSeconds(150);

  /** What the server's key was before {@link TestSecurity#KEY}. */
  public static final Secret PREVIOUS_KEY = new Secret("the key before, long enough to be one too");

  private final Vertx vertx = Vertx.vertx();
  private final Vertx node = Vertx.vertx();
  private final TestAmazon amazon = new TestAmazon();
  private final SettableClock clock = new SettableClock(MORNING, this::awaitSenders);
  private final AtomicInteger schools = new AtomicInteger();
  private final @Nullable RunningProviders providers;
  private final DatabaseSettings database;
  private final Sql sql;
  private final Server server;
  private final WebClient client;

  /** Kept, for a client that nobody holds is closed when memory is cleaned up. */
  private final WebSocketClient sockets = vertx.createWebSocketClient();

  private RunningServer(TestServers servers, boolean telling, ServerWishes wishes) {
    database = MigratedDatabase.create(servers);
    sql = new Sql(servers.superuser().onDatabase(database.database()));
    providers = telling ? new RunningProviders(vertx) : null;
    server = Server.start(node, settings(servers, database, wishes), clock, amazon).await();
    if (providers != null) {
      providers.callBack(server.port());
    }
    client =
        WebClient.create(
            vertx,
            new WebClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(server.port()),
            new PoolOptions().setHttp1MaxSize(CONNECTIONS));
  }

  static RunningServer start(TestServers servers, boolean telling) {
    return new RunningServer(servers, telling, ServerWishes.USUAL);
  }

  /** One that answers no more than this; to be closed by who started it. */
  public static RunningServer limited(TestServers servers, LimitSettings limits) {
    return new RunningServer(servers, false, ServerWishes.USUAL.limitedTo(limits));
  }

  /**
   * One that answers no more than this and stands behind proxies; to be closed by who started it.
   */
  public static RunningServer behindProxies(
      TestServers servers, LimitSettings limits, List<String> ranges) {
    List<AddressRange> proxies =
        ranges.stream().map(range -> AddressRange.parse(range).orElseThrow()).toList();
    return new RunningServer(servers, false, ServerWishes.USUAL.limitedTo(limits).behind(proxies));
  }

  /** One where these roles and those above need a second factor; to be closed by who started it. */
  public static RunningServer needingTotp(TestServers servers, Set<Role> roles) {
    return new RunningServer(servers, false, ServerWishes.USUAL.withTotp(roles));
  }

  /** One whose key for the hashes of cards was changed; to be closed by who started it. */
  public static RunningServer rekeyed(TestServers servers, List<Secret> formerTagSecrets) {
    return new RunningServer(
        servers, false, ServerWishes.USUAL.withFormerTagSecrets(formerTagSecrets));
  }

  /** One whose cards are signed; to be closed by who started it. */
  public static RunningServer signingCards(TestServers servers) {
    return new RunningServer(servers, false, ServerWishes.USUAL.withSignedCards());
  }

  /** One whose photos are kept by the S3 server; to be closed by who started it. */
  public static RunningServer keepingPhotos(TestServers servers) {
    return new RunningServer(servers, false, ServerWishes.USUAL.withPhotosIn(servers.s3()));
  }

  /** One that also tells; to be closed by who started it. */
  public static RunningServer tellingAndKeepingFiles(TestServers servers) {
    return new RunningServer(servers, true, ServerWishes.USUAL.withPhotosIn(servers.s3()));
  }

  public SettableClock clock() {
    return clock;
  }

  /** Now, as the server sees it. */
  public Instant now() {
    return clock.instant();
  }

  /** For commands that an operator runs beside it. */
  public DatabaseSettings database() {
    return database;
  }

  public Sql sql() {
    return sql;
  }

  /** What is published on the node's bus from now on, as it comes. */
  public <E> List<E> hearing(Event<E> event) {
    List<E> heard = new CopyOnWriteArrayList<>();
    node.eventBus()
        .localConsumer(event.name(), message -> heard.add(event.type().cast(message.body())));
    return heard;
  }

  /** The simulated providers of a class that is {@link Telling}. */
  public RunningProviders providers() {
    return Objects.requireNonNull(providers, "the class is not @Telling");
  }

  /** Amazon SNS, which signs what SES tells. */
  public TestAmazon amazon() {
    return amazon;
  }

  /** The mails of one mailbox, oldest first. */
  public List<JsonObject> mails(String mailbox) {
    return providers().messages().stream()
        .filter(message -> mailbox.equals(message.getString("to")))
        .toList();
  }

  /** What WhatsApp tells, signed as it does. */
  public Reply whatsAppTells(JsonObject body) {
    Buffer bytes = body.toBuffer();
    return tells("/webhooks/whatsapp", bytes, RunningProviders.signature(bytes));
  }

  /** A call of a provider, with this signature of WhatsApp. */
  public Reply tells(String path, Buffer body, String signature) {
    return Reply.of(
        request(HttpMethod.POST, path)
            .putHeader("X-Hub-Signature-256", signature)
            .putHeader("Content-Type", "application/json")
            .sendBuffer(body)
            .await());
  }

  /** What SNS tells: JSON that says that it is text. */
  public Reply snsTells(JsonObject message) {
    return Reply.of(
        request(HttpMethod.POST, "/webhooks/ses")
            .putHeader("Content-Type", "text/plain; charset=UTF-8")
            .sendBuffer(message.toBuffer())
            .await());
  }

  /** What families read of one phone, oldest first; the phone is digits without a plus. */
  public List<String> told(String phone) {
    return providers().messages().stream()
        .filter(message -> phone.equals(message.getString("to")))
        .map(message -> message.getString("text"))
        .toList();
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /** Opens a WebSocket with a session's cookie. */
  public Future<WebSocket> socket(String path, String cookie) {
    return sockets.connect(
        new WebSocketConnectOptions()
            .setHost("127.0.0.1")
            .setPort(port())
            .setURI(path)
            .setAllowOriginHeader(false)
            .addHeader("Cookie", "porteria_session=" + cookie));
  }

  /**
   * A new school in Santiago, which shares nothing with those before it. It is founded now: whoever
   * ought to have been there earlier today is missed by nobody.
   */
  public TestSchool school() {
    return schoolFounded(now());
  }

  /** A new school that was there before: its checks of today that are due are caught up with. */
  public TestSchool schoolOfLastYear() {
    return schoolFounded(now().minus(Duration.ofDays(365)));
  }

  private TestSchool schoolFounded(Instant at) {
    return new TestSchool(this, schools.incrementAndGet(), "America/Santiago", at);
  }

  /** A request to be refined and sent. */
  public HttpRequest<Buffer> request(HttpMethod method, String path) {
    return client.request(method, path);
  }

  public Reply get(String path, String token) {
    return Reply.of(
        request(HttpMethod.GET, "/api/v1" + path).bearerTokenAuthentication(token).send().await());
  }

  public Reply post(String path, String token, JsonObject body) {
    return posted(path, token, body).await();
  }

  /** Sends without waiting for the answer. */
  public Future<Reply> posted(String path, String token, JsonObject body) {
    return request(HttpMethod.POST, "/api/v1" + path)
        .bearerTokenAuthentication(token)
        .sendJsonObject(body)
        .map(Reply::of);
  }

  /** The value of a line of {@code /metrics}, such as {@code name{type="x"}}; 0 without one. */
  public double metric(String series) {
    String page =
        Reply.of(
                request(HttpMethod.GET, "/metrics")
                    .bearerTokenAuthentication(TestSecurity.KEY.value())
                    .send()
                    .await())
            .text();
    Matcher line =
        Pattern.compile("^" + Pattern.quote(series) + " (\\S+)$", Pattern.MULTILINE).matcher(page);
    return line.find() ? Double.parseDouble(line.group(1)) : 0;
  }

  @Override
  public void close() {
    client.close();
    server.close().await();
    node.close().await();
    if (providers != null) {
      providers.close();
    }
    vertx.close().await();
    sql.close();
  }

  /** A clock that moves while a message is called for takes it from its sender. */
  private void awaitSenders() {
    if (providers != null) {
      new MessageStates(sql).awaitSent(now());
    }
  }

  private Settings settings(TestServers servers, DatabaseSettings database, ServerWishes wishes) {
    Secret key = TestSecurity.KEY;
    return new Settings(
        URI.create("http://localhost:8080"),
        new HttpSettings(
            "127.0.0.1",
            0,
            MAX_BODY_BYTES,
            Duration.ofSeconds(60),
            List.of(CORS_ORIGIN),
            wishes.trustedProxies()),
        database,
        new RedisSettings(new Secret(servers.freshRedis().uri())),
        wishes.storage(),
        new SecuritySettings(
            key,
            List.of(PREVIOUS_KEY),
            key,
            wishes.formerTagSecrets(),
            key,
            key,
            Optional.of(TestSecurity.WORKER_TOKEN),
            Duration.ofHours(12),
            Duration.ofHours(12),
            Duration.ofDays(30),
            wishes.totpRoles().stream().map(Role::name).collect(Collectors.toSet())),
        new ScanSettings(REPEAT_WINDOW, SKEW_LIMIT, ANNUL_WINDOW, 4_096, 256),
        new CardSettings(QR_LIFE, wishes.signUris()),
        new NotificationSettings(
            STALE_AFTER,
            8,
            CALL_TIMEOUT,
            Duration.ofSeconds(20),
            Duration.ofMillis(100),
            Duration.ofSeconds(2),
            Duration.ofMinutes(5)),
        new NoShowSettings(GRACE, MAX_HOLD, Duration.ofMillis(100)),
        new LiveSettings(Duration.ofMillis(100)),
        new DeviceSettings(DARK_AFTER),
        wishes.limits(),
        new PhotoSettings(
            PHOTO_RETENTION, 100_000, Duration.ofMinutes(10), ONE_MINUTE, Duration.ofDays(1)),
        providers == null
            ? new WhatsAppSettings(
                NOWHERE,
                "v25.0",
                "1055",
                key,
                1_000,
                1_000_000,
                50,
                Optional.empty(),
                WantedTemplates.catalogue())
            : providers.whatsApp(),
        providers == null
            ? new EmailSettings(
                Optional.of(NOWHERE),
                "us-east-1",
                key,
                key,
                "avisos@colegio.example",
                1_000,
                Optional.empty())
            : providers.email(),
        RunningProviders.webhooks(),
        new VerticleSettings(1, 1, providers == null ? 0 : 1, 1, 1, 1));
  }
}
