package porteria.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.bridge.BridgeEventType;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.sockjs.BridgeEvent;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.bus.Addresses;
import porteria.bus.Watchers;
import porteria.domain.Role;
import porteria.http.door.Access;
import porteria.identity.StaffSession;

/**
 * The way from the event bus to the dashboards: outbound only, one address a socket, that of the
 * caller's own school. Each socket is closed when its session has expired or was ended.
 */
final class LiveBridge {

  private static final Logger LOG = LoggerFactory.getLogger(LiveBridge.class);
  private static final Duration HEARTBEAT = Duration.ofSeconds(25);
  private static final Duration PING_PATIENCE = Duration.ofSeconds(30);

  /** How often sockets are looked over; the database is asked when the memory of it is old. */
  private static final Duration ROUND = Duration.ofSeconds(1);

  private static final String VIEWER = Viewer.class.getName();

  /** Who opened a socket, and when their token expires. */
  private record Viewer(StaffSession session, Instant end) {}

  /** Browsers register one address and ping. */
  static final int MAX_MESSAGE_BYTES = 4_096;

  private final Vertx vertx;
  private final Access access;
  private final Watchers watchers;
  private final InstantSource clock;
  private final String origin;
  private final Map<SockJSSocket, Viewer> viewers = new HashMap<>();

  /** Those that asked for their school's changes. */
  private final Set<SockJSSocket> watching = new HashSet<>();

  LiveBridge(Vertx vertx, Access access, Watchers watchers, InstantSource clock, String origin) {
    this.vertx = vertx;
    this.access = access;
    this.watchers = watchers;
    this.clock = clock;
    this.origin = origin;
  }

  /**
   * Notes who opens a socket. To be routed before {@link #router}, which takes the cookies out of
   * the request for safety. What the client sends meanwhile is held back. Pages of other sites are
   * told nothing: the handler behind would allow each of them whatever it names as its origin.
   */
  void recognise(RoutingContext context) {
    if (isForeign(context)) {
      context.fail(403);
      return;
    }
    if (!context.request().headers().contains(HttpHeaders.UPGRADE)) {
      // The handler behind hangs up after a poll without a word; nobody may send on that
      // connection.
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    context.request().pause();
    access
        .session(context)
        .onSuccess(
            session -> {
              Optional<Instant> end = access.sessionEnd(context);
              if (session.isPresent() && end.isPresent()) {
                context.put(VIEWER, new Viewer(session.get(), end.get()));
              }
              context.request().resume();
              context.next();
            })
        .onFailure(
            error -> {
              context.request().resume();
              context.fail(error);
            });
  }

  /** The sockets' routes; from now on the sockets are looked over. */
  Router router() {
    vertx.setPeriodic(
        ROUND.toMillis(), round -> List.copyOf(viewers.keySet()).forEach(this::check));
    SockJSHandlerOptions sockets =
        new SockJSHandlerOptions()
            .setHeartbeatInterval(HEARTBEAT.toMillis())
            .setInsertJSESSIONID(false);
    SockJSBridgeOptions bridge =
        new SockJSBridgeOptions()
            .setPingTimeout(PING_PATIENCE.toMillis())
            .setMaxHandlersPerSocket(1)
            .addOutboundPermitted(
                new PermittedOptions().setAddressRegex("client\\.school\\.[0-9a-f-]{36}"));
    return SockJSHandler.create(vertx, sockets).bridge(bridge, this::decide);
  }

  private void decide(BridgeEvent event) {
    BridgeEventType type = event.type();
    if (type == BridgeEventType.SOCKET_CREATED) {
      Optional<Viewer> viewer = admit(event);
      viewer.ifPresent(known -> viewers.put(event.socket(), known));
      event.complete(viewer.isPresent());
    } else if (type == BridgeEventType.REGISTER) {
      event.complete(register(event));
    } else if (type == BridgeEventType.UNREGISTER) {
      if (isOwnAddress(event)) {
        stopWatching(event.socket());
      }
      event.complete(true);
    } else if (type == BridgeEventType.SOCKET_CLOSED) {
      stopWatching(event.socket());
      viewers.remove(event.socket());
      event.complete(true);
    } else if (type == BridgeEventType.SOCKET_ERROR) {
      LOG.debug("a dashboard went away abruptly");
      event.complete(true);
    } else {
      event.complete(
          type == BridgeEventType.RECEIVE
              || type == BridgeEventType.REGISTERED
              || type == BridgeEventType.SOCKET_IDLE
              || type == BridgeEventType.SOCKET_PING);
    }
  }

  private Optional<Viewer> admit(BridgeEvent event) {
    RoutingContext context = event.socket().routingContext();
    return isForeign(context)
        ? Optional.empty()
        : Optional.ofNullable(context.<Viewer>get(VIEWER))
            .filter(viewer -> viewer.session().role().includes(Role.INSPECTOR))
            .filter(this::isCurrent);
  }

  /** A request without an origin is no page's. */
  private boolean isForeign(RoutingContext context) {
    String given = context.request().getHeader("Origin");
    return given != null && !given.equals(origin);
  }

  private boolean isCurrent(Viewer viewer) {
    return viewer.end().isAfter(clock.instant());
  }

  /** Without word from the database a socket stays: no news comes without it either. */
  private void check(SockJSSocket socket) {
    Viewer viewer = viewers.get(socket);
    if (viewer == null) {
      return;
    }
    if (!isCurrent(viewer)) {
      socket.close();
      return;
    }
    access
        .isOpen(viewer.session())
        .onSuccess(
            open -> {
              if (!open) {
                socket.close();
              }
            });
  }

  /** A socket counts once, however often it asks. */
  private boolean register(BridgeEvent event) {
    boolean own = admit(event).isPresent() && isOwnAddress(event);
    if (own && watching.add(event.socket())) {
      watchers.add(schoolOf(event.socket()));
    }
    return own;
  }

  private boolean isOwnAddress(BridgeEvent event) {
    return viewers.containsKey(event.socket())
        && Addresses.clientSchool(schoolOf(event.socket()))
            .equals(event.getRawMessage().getString("address"));
  }

  private void stopWatching(SockJSSocket socket) {
    if (watching.remove(socket)) {
      watchers.remove(schoolOf(socket));
    }
  }

  private UUID schoolOf(SockJSSocket socket) {
    return Objects.requireNonNull(viewers.get(socket)).session().schoolId();
  }
}
