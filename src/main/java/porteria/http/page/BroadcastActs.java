package porteria.http.page;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import porteria.bus.Addresses;
import porteria.bus.BroadcastView;
import porteria.bus.Bus;
import porteria.bus.ByStaff;
import porteria.bus.ChangeBroadcast;
import porteria.bus.PreviewBroadcast;
import porteria.bus.SendBroadcast;
import porteria.bus.ViewBroadcast;
import porteria.domain.Failure;
import porteria.domain.FailureException;
import porteria.domain.Role;

/** What a director does with a broadcast: sends it, stops it, sends again what failed. */
final class BroadcastActs {

  private static final String ONE = BroadcastPages.ONE;

  private final StaffPages staff;
  private final Bus bus;
  private final BroadcastWords words;

  BroadcastActs(StaffPages staff, Bus bus, BroadcastWords words) {
    this.staff = staff;
    this.bus = bus;
    this.words = words;
  }

  void mount(Router router) {
    staff.form(router, ONE + "/send", ONE, this::send);
    staff.form(router, ONE + "/cancel", ONE, this::cancel);
    staff.form(router, ONE + "/retry", ONE, this::retry);
    staff.form(router, ONE + "/again", ONE, this::again);
  }

  private void send(RoutingContext context) {
    UUID id = BroadcastPages.id(context);
    int expected = Asked.field(context, "expected").map(BroadcastActs::count).orElse(-1);
    boolean acceptDelay = Asked.field(context, "accept_delay").isPresent();
    staff
        .acting(context, Role.DIRECTOR)
        .compose(
            by ->
                bus.request(
                        Addresses.BROADCAST_SEND, new SendBroadcast(by, id, expected, acceptDelay))
                    .map(started -> started.quotaKnown() ? "" : "unmeasured")
                    .recover(error -> refusal(by, id, expected, acceptDelay, error)))
        .onSuccess(notice -> back(context, id, notice))
        .onFailure(context::fail);
  }

  private static int count(String written) {
    try {
      return Integer.parseInt(written);
    } catch (NumberFormatException noNumber) {
      return -1;
    }
  }

  /** In which words it is refused. */
  private Future<String> refusal(
      ByStaff by, UUID id, int expected, boolean acceptDelay, Throwable error) {
    if (!isConflict(error)) {
      return Future.failedFuture(error);
    }
    ViewBroadcast asked = new ViewBroadcast(by.schoolId(), id);
    return bus.request(Addresses.BROADCAST_VIEW, asked)
        .compose(
            view -> {
              if (view.recipients() != expected) {
                return Future.succeededFuture("changed");
              }
              return switch (words.state(view)) {
                case "expired" -> Future.succeededFuture("expired");
                case "preview" -> acceptDelay ? Future.succeededFuture("refused") : scarcity(asked);
                default -> Future.succeededFuture("refused");
              };
            });
  }

  /** Others may have been told since it was previewed, so that less room is left. */
  private Future<String> scarcity(ViewBroadcast asked) {
    return bus.request(Addresses.BROADCAST_PREVIEWED, asked)
        .map(preview -> preview.quota().enough().orElse(true) ? "refused" : "scarce");
  }

  /** A preview is thrown away, what is on its way is stopped. */
  private void cancel(RoutingContext context) {
    UUID id = BroadcastPages.id(context);
    staff
        .acting(context, Role.DIRECTOR)
        .compose(
            by ->
                bus.request(Addresses.BROADCAST_CANCEL, new ChangeBroadcast(by, id))
                    .compose(
                        stopped ->
                            bus.request(
                                Addresses.BROADCAST_VIEW, new ViewBroadcast(by.schoolId(), id))))
        .onSuccess(
            view -> {
              if (view.startedAt().isEmpty()) {
                Pages.redirect(context, BroadcastPages.LIST + "?notice=discarded");
              } else {
                back(context, id, "stopped");
              }
            })
        .onFailure(error -> answer(context, id, error));
  }

  private void retry(RoutingContext context) {
    UUID id = BroadcastPages.id(context);
    staff
        .acting(context, Role.DIRECTOR)
        .compose(by -> bus.request(Addresses.BROADCAST_RETRY, new ChangeBroadcast(by, id)))
        .onSuccess(done -> back(context, id, done.queued() > 0 ? "retried" : "left"))
        .onFailure(error -> answer(context, id, error));
  }

  /** The same, previewed anew: whom it reaches may have changed. */
  private void again(RoutingContext context) {
    UUID id = BroadcastPages.id(context);
    staff
        .acting(context, Role.DIRECTOR)
        .compose(
            by ->
                bus.request(Addresses.BROADCAST_VIEW, new ViewBroadcast(by.schoolId(), id))
                    .compose(view -> bus.request(Addresses.BROADCAST_PREVIEW, same(by, view))))
        .onSuccess(preview -> back(context, preview.id(), ""))
        .onFailure(error -> answer(context, id, error));
  }

  private static PreviewBroadcast same(ByStaff by, BroadcastView view) {
    if (view.exceptionId().isPresent()) {
      return PreviewBroadcast.of(by, view.exceptionId().get());
    }
    return new PreviewBroadcast(
        by,
        view.type(),
        view.courseId(),
        Optional.empty(),
        Set.of(),
        new PreviewBroadcast.Text(
            fact(view, "day").map(LocalDate::parse),
            fact(view, "in").map(LocalTime::parse),
            fact(view, "out").map(LocalTime::parse),
            view.facts().getBoolean("closed", false),
            fact(view, "reason"),
            fact(view, "subject"),
            fact(view, "text")));
  }

  private static Optional<String> fact(BroadcastView view, String name) {
    return Optional.ofNullable(view.facts().getString(name));
  }

  private static void answer(RoutingContext context, UUID id, Throwable error) {
    if (BroadcastPages.isMissing(error)) {
      Pages.redirect(context, BroadcastPages.LIST + "?notice=gone");
    } else if (isConflict(error) || isInvalid(error)) {
      back(context, id, "refused");
    } else {
      context.fail(error);
    }
  }

  private static boolean isConflict(Throwable error) {
    return error instanceof FailureException known
        && known.failure().kind() == Failure.Kind.CONFLICT;
  }

  private static boolean isInvalid(Throwable error) {
    return error instanceof FailureException known
        && known.failure().kind() == Failure.Kind.INVALID_REQUEST;
  }

  private static void back(RoutingContext context, UUID id, String notice) {
    Pages.redirect(
        context, BroadcastPages.LIST + "/" + id + (notice.isEmpty() ? "" : "?notice=" + notice));
  }
}
