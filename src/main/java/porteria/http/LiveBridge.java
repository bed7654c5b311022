package porteria.http;

import io.vertx.core.Vertx;
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
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.bus.Addresses;
import porteria.bus.Watchers;
import porteria.domain.Role;
import porteria.identity.StaffSession;

/**
 * The way from the event bus to the dashboards: outbound only, one address a socket, that of the
 * caller's own school. Each socket is closed when its session ends.
 */
final class LiveBridge {

  private static final Logger LOG = LoggerFactory.getLogger(LiveBridge.class);
  private static final Duration HEARTBEAT = Duration.ofSeconds(25);
  private static final Duration PING_PATIENCE = Duration.ofSeconds(30);

  private static final String VIEWER = Viewer.class.getName();

  /** Who opened a socket, and when their session ends. */
  private record Viewer(StaffSession session, Instant end) {}

  private final Vertx vertx;
  private final Access access;
  private final Watchers watchers;
  private final InstantSource clock;
  private final String origin;
  private final Map<SockJSSocket, UUID> schools = new HashMap<>();
  private final Map<SockJSSocket, Long> endings = new HashMap<>();

  LiveBridge(Vertx vertx, Access access, Watchers watchers, InstantSource clock, String origin) {
    this.vertx = vertx;
    this.access = access;
    this.watchers = watchers;
    this.clock = clock;
    this.origin = origin;
  }

  /**
   * Notes who opens a socket. To be routed before {@link #router}, which takes the cookies out of
   * the request for safety.
   */
  void recognise(RoutingContext context) {
    Optional<StaffSession> session = access.session(context);
    Optional<Instant> end = access.sessionEnd(context);
    if (session.isPresent() && end.isPresent()) {
      context.put(VIEWER, new Viewer(session.get(), end.get()));
    }
    context.next();
  }

  Router router() {
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
      event.complete(admit(event).isPresent());
    } else if (type == BridgeEventType.REGISTER) {
      event.complete(register(event));
    } else if (type == BridgeEventType.UNREGISTER || type == BridgeEventType.SOCKET_CLOSED) {
      forget(event.socket());
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
    String given = context.request().getHeader("Origin");
    return given == null || given.equals(origin)
        ? Optional.ofNullable(context.<Viewer>get(VIEWER))
            .filter(viewer -> viewer.session().role().includes(Role.INSPECTOR))
            .filter(viewer -> viewer.end().isAfter(clock.instant()))
        : Optional.empty();
  }

  private boolean register(BridgeEvent event) {
    Optional<Viewer> viewer = admit(event);
    String wanted = event.getRawMessage().getString("address");
    boolean own =
        viewer
            .map(known -> Addresses.clientSchool(known.session().schoolId()))
            .filter(address -> address.equals(wanted))
            .isPresent();
    if (own) {
      SockJSSocket socket = event.socket();
      UUID school = viewer.orElseThrow().session().schoolId();
      schools.put(socket, school);
      watchers.add(school);
      endings.put(socket, vertx.setTimer(left(viewer.orElseThrow()), ended -> socket.close()));
    }
    return own;
  }

  /** Milliseconds until the session ends; at least one, as timers want. */
  private long left(Viewer viewer) {
    return Math.max(1, Duration.between(clock.instant(), viewer.end()).toMillis());
  }

  private void forget(SockJSSocket socket) {
    UUID school = schools.remove(socket);
    if (school != null) {
      watchers.remove(school);
    }
    Long ending = endings.remove(socket);
    if (ending != null) {
      vertx.cancelTimer(ending);
    }
  }
}
