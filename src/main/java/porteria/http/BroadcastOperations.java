package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import porteria.bus.Addresses;
import porteria.bus.BroadcastPage;
import porteria.bus.BroadcastReport;
import porteria.bus.BroadcastView;
import porteria.bus.Bus;
import porteria.bus.ChangeBroadcast;
import porteria.bus.FindBroadcasts;
import porteria.bus.PreviewBroadcast;
import porteria.bus.ReportBroadcast;
import porteria.bus.SendBroadcast;
import porteria.bus.ViewBroadcast;
import porteria.domain.BroadcastType;
import porteria.domain.Channel;
import porteria.domain.Failure;
import porteria.domain.Failure.FieldError;
import porteria.http.door.Cursors;

/** One message to everybody. */
final class BroadcastOperations {

  private static final int PAGE = 50;

  private static final String HEADING =
      Csv.line(
          List.of(
              "channel",
              "address",
              "language",
              "students",
              "stands_in",
              "status",
              "failure_class",
              "error",
              "sent_at",
              "delivered_at"));

  private final Bus bus;

  BroadcastOperations(Bus bus) {
    this.bus = bus;
  }

  Map<String, Function<Call, Future<Answer>>> code() {
    return Map.of(
        "previewBroadcast", this::preview,
        "sendBroadcast", this::send,
        "listBroadcasts", this::list,
        "viewBroadcast", this::view,
        "cancelBroadcast", this::cancel,
        "retryBroadcast", this::retry,
        "reportBroadcast", this::report);
  }

  private Future<Answer> preview(Call call) {
    return bus.request(Addresses.BROADCAST_PREVIEW, wanted(call))
        .map(preview -> Answer.ok(preview.toJson()));
  }

  private static PreviewBroadcast wanted(Call call) {
    JsonObject body = call.body();
    Optional<UUID> exception = id(body, "exception_id");
    Optional<UUID> course = id(body, "course_id");
    BroadcastType type = BroadcastType.valueOf(body.getString("type"));
    if (exception.isPresent()) {
      require(
          type == BroadcastType.CAMBIO_HORARIO, "/type", "with exception_id it is CAMBIO_HORARIO");
      require(
          !body.containsKey("scope") && course.isEmpty() && !body.containsKey("text_params"),
          "/exception_id",
          "says scope and words itself: leave out scope, course_id and text_params");
    } else {
      require(body.containsKey("scope"), "/scope", "obligatory without exception_id");
      require(
          course.isPresent() == body.getString("scope").equals("COURSE"),
          "/course_id",
          "obligatory with scope COURSE, not allowed with scope GLOBAL");
    }
    return new PreviewBroadcast(
        call.byStaff(),
        type,
        course,
        exception,
        channels(body),
        text(body.getJsonObject("text_params", new JsonObject())));
  }

  private static Set<Channel> channels(JsonObject body) {
    return body.getJsonArray("channels", new JsonArray()).stream()
        .map(each -> Channel.valueOf(String.valueOf(each)))
        .collect(Collectors.toSet());
  }

  private static PreviewBroadcast.Text text(JsonObject text) {
    return new PreviewBroadcast.Text(
        Optional.ofNullable(text.getString("date")).map(Times::date),
        time(text, "in_time"),
        time(text, "out_time"),
        text.getBoolean("closed", false),
        Optional.ofNullable(text.getString("reason")),
        Optional.ofNullable(text.getString("subject")),
        Optional.ofNullable(text.getString("text")));
  }

  private static Optional<LocalTime> time(JsonObject text, String name) {
    return Optional.ofNullable(text.getString(name)).map(LocalTime::parse);
  }

  private static Optional<UUID> id(JsonObject body, String name) {
    return Optional.ofNullable(body.getString(name)).map(UUID::fromString);
  }

  private static void require(boolean holds, String pointer, String otherwise) {
    if (!holds) {
      throw new Failure(
              Failure.Kind.INVALID_REQUEST,
              "The broadcast cannot be previewed.",
              List.of(new FieldError(pointer, otherwise)))
          .asException();
    }
  }

  private Future<Answer> send(Call call) {
    JsonObject body = call.body();
    return bus.request(
            Addresses.BROADCAST_SEND,
            new SendBroadcast(
                call.byStaff(),
                UUID.fromString(body.getString("broadcast_id")),
                body.getInteger("expected_recipients"),
                body.getBoolean("accept_delay", false)))
        .map(started -> Answer.of(202, started.toJson()));
  }

  private Future<Answer> list(Call call) {
    return bus.request(
            Addresses.BROADCAST_FIND,
            new FindBroadcasts(
                call.staff().schoolId(),
                call.query("cursor").map(Cursors::id),
                call.queryInteger("limit", PAGE)))
        .map(BroadcastOperations::answer);
  }

  private static Answer answer(BroadcastPage page) {
    return Answer.ok(
        new JsonObject()
            .put("items", new JsonArray(page.items().stream().map(BroadcastView::toJson).toList()))
            .put("next_cursor", page.next().map(Cursors::text).orElse(null)));
  }

  private Future<Answer> view(Call call) {
    return bus.request(
            Addresses.BROADCAST_VIEW, new ViewBroadcast(call.staff().schoolId(), call.pathId("id")))
        .map(view -> Answer.ok(view.toJson()));
  }

  private Future<Answer> cancel(Call call) {
    return bus.request(Addresses.BROADCAST_CANCEL, change(call))
        .map(stopped -> Answer.ok(stopped.toJson()));
  }

  private Future<Answer> retry(Call call) {
    return bus.request(Addresses.BROADCAST_RETRY, change(call))
        .map(
            done ->
                Answer.ok(new JsonObject().put("queued", done.queued()).put("left", done.left())));
  }

  private Future<Answer> report(Call call) {
    ReportBroadcast first =
        new ReportBroadcast(call.byStaff(), call.pathId("id"), Optional.empty());
    return bus.request(Addresses.BROADCAST_REPORT, first)
        .map(
            page ->
                Answer.csv("broadcast.csv", HEADING + table(page), new ReportRest(first, page)));
  }

  /** The pages of a report after the first. */
  private final class ReportRest implements Answer.Parts {

    private final ReportBroadcast first;
    private BroadcastReport page;

    ReportRest(ReportBroadcast first, BroadcastReport page) {
      this.first = first;
      this.page = page;
    }

    @Override
    public Future<Optional<Buffer>> next() {
      if (page.next().isEmpty()) {
        return Future.succeededFuture(Optional.empty());
      }
      return bus.request(
              Addresses.BROADCAST_REPORT, new ReportBroadcast(first.by(), first.id(), page.next()))
          .map(
              next -> {
                page = next;
                return Optional.of(Buffer.buffer(table(next)));
              });
    }
  }

  private static String table(BroadcastReport page) {
    return page.lines().stream().map(BroadcastOperations::line).collect(Collectors.joining());
  }

  private static String line(BroadcastReport.Line line) {
    return Csv.line(
        List.of(
            line.channel().name(),
            line.address(),
            line.language(),
            line.students(),
            Boolean.toString(line.instead()),
            line.status(),
            line.failureClass().orElse(""),
            line.error().orElse(""),
            line.sentAt().map(Object::toString).orElse(""),
            line.deliveredAt().map(Object::toString).orElse("")));
  }

  private static ChangeBroadcast change(Call call) {
    return new ChangeBroadcast(call.byStaff(), call.pathId("id"));
  }
}
