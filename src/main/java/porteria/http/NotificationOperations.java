package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import porteria.bus.Addresses;
import porteria.bus.Bus;
import porteria.bus.FindNotifications;
import porteria.bus.NotificationDue;
import porteria.bus.NotificationPage;
import porteria.bus.NotificationQueued;
import porteria.bus.NotificationView;
import porteria.bus.ResumeSending;
import porteria.bus.RetryNotifications;
import porteria.bus.SendingView;
import porteria.bus.ViewNotification;
import porteria.bus.ViewSending;
import porteria.domain.Channel;
import porteria.domain.FailureClass;
import porteria.domain.NotificationStatus;
import porteria.domain.PauseScope;
import porteria.http.door.Cursors;

/** What became of messages to families, and how their sending stands. */
final class NotificationOperations {

  private static final int PAGE = 50;

  private final Bus bus;

  NotificationOperations(Bus bus) {
    this.bus = bus;
  }

  Map<String, Function<Call, Future<Answer>>> code() {
    return Map.of(
        "listNotifications", this::list,
        "findNotification", this::find,
        "retryNotification", this::retry,
        "retryNotifications", this::retryAll,
        "dispatchNotifications", this::dispatch,
        "viewSending", this::sending,
        "resumeSending", this::resume);
  }

  private Future<Answer> list(Call call) {
    return bus.request(
            Addresses.NOTIFICATION_FIND,
            new FindNotifications(
                call.staff().schoolId(),
                call.query("status").map(NotificationStatus::valueOf),
                call.query("channel").map(Channel::valueOf),
                call.queryId("student_id"),
                call.queryId("guardian_id"),
                call.query("cursor").map(Cursors::id),
                call.queryInteger("limit", PAGE)))
        .map(NotificationOperations::answer);
  }

  private static Answer answer(NotificationPage page) {
    return Answer.ok(
        new JsonObject()
            .put(
                "items",
                new JsonArray(page.items().stream().map(NotificationView::toJson).toList()))
            .put("next_cursor", page.next().map(Cursors::text).orElse(null)));
  }

  private Future<Answer> find(Call call) {
    return view(call.staff().schoolId(), call.pathId("id"));
  }

  private Future<Answer> view(UUID school, UUID id) {
    return bus.request(Addresses.NOTIFICATION_VIEW, new ViewNotification(school, id))
        .map(found -> Answer.ok(found.toJson()));
  }

  private Future<Answer> retry(Call call) {
    UUID id = call.pathId("id");
    return bus.request(
            Addresses.NOTIFICATION_RETRY,
            new RetryNotifications(
                call.byStaff(), Optional.of(id), Optional.empty(), Optional.empty()))
        .compose(queued -> view(call.staff().schoolId(), id));
  }

  private Future<Answer> retryAll(Call call) {
    JsonObject body = call.body();
    return bus.request(
            Addresses.NOTIFICATION_RETRY,
            new RetryNotifications(
                call.byStaff(),
                Optional.empty(),
                Optional.ofNullable(body.getString("failure_class")).map(FailureClass::valueOf),
                Optional.ofNullable(body.getString("channel")).map(Channel::valueOf)))
        .map(
            done ->
                Answer.ok(new JsonObject().put("queued", done.queued()).put("left", done.left())));
  }

  /** A hint, as any on the bus: the sender would find its work without it. */
  private Future<Answer> dispatch(Call call) {
    bus.publish(Addresses.NOTIFICATION_DUE, new NotificationDue());
    bus.publish(Addresses.NOTIFICATION_QUEUED, new NotificationQueued());
    return Future.succeededFuture(Answer.of(202, new JsonObject().put("status", "heard")));
  }

  private Future<Answer> sending(Call call) {
    return bus.request(Addresses.SENDING_VIEW, new ViewSending(call.staff().schoolId()))
        .map(SendingView::toJson)
        .map(Answer::ok);
  }

  private Future<Answer> resume(Call call) {
    JsonObject body = call.body();
    return bus.request(
            Addresses.SENDING_RESUME,
            new ResumeSending(
                call.byStaff(),
                Channel.valueOf(body.getString("channel")),
                PauseScope.valueOf(body.getString("scope")),
                body.getString("subject", "")))
        .map(done -> Answer.ok(new JsonObject().put("queued", done.queued())));
  }
}
