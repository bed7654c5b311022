package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import porteria.bus.Addresses;
import porteria.bus.BroadcastStopped;
import porteria.bus.Bus;
import porteria.bus.ExceptionPage;
import porteria.bus.FindExceptions;
import porteria.bus.FindHours;
import porteria.bus.MakeException;
import porteria.bus.PreviewBroadcast;
import porteria.bus.ScheduleException;
import porteria.bus.WithdrawException;
import porteria.domain.EffectiveSchedule;
import porteria.domain.EffectiveSchedule.Sourced;
import porteria.domain.Failure;
import porteria.domain.Failure.FieldError;
import porteria.domain.HoursChange;
import porteria.domain.TemplateWord;
import porteria.http.door.Cursors;

/** The hours that hold, and the exceptions to the usual ones. */
final class ScheduleOperations {

  private static final int PAGE = 50;

  private final Bus bus;

  ScheduleOperations(Bus bus) {
    this.bus = bus;
  }

  Map<String, Function<Call, Future<Answer>>> code() {
    return Map.of(
        "findEffectiveSchedule", this::effective,
        "listScheduleExceptions", this::list,
        "createScheduleException", this::create,
        "withdrawScheduleException", this::withdraw);
  }

  private Future<Answer> effective(Call call) {
    UUID course = call.queryId("course_id").orElseThrow();
    return bus.request(
            Addresses.SCHEDULE_HOURS,
            new FindHours(
                call.staff().schoolId(), Optional.of(course), call.query("date").map(Times::date)))
        .map(
            hours -> Answer.ok(json(course, Objects.requireNonNull(hours.byCourse().get(course)))));
  }

  private Future<Answer> list(Call call) {
    return bus.request(
            Addresses.SCHEDULE_EXCEPTIONS,
            new FindExceptions(
                call.staff().schoolId(),
                call.query("from").map(Times::date),
                call.query("to").map(Times::date),
                call.query("cursor").map(Cursors::parse),
                call.queryInteger("limit", PAGE)))
        .map(ScheduleOperations::answer);
  }

  private Future<Answer> create(Call call) {
    JsonObject body = call.body();
    boolean told = body.getBoolean("notify", false);
    if (told) {
      requireTellable(body.getString("reason").strip());
    }
    return bus.request(
            Addresses.SCHEDULE_EXCEPT,
            new MakeException(
                call.byStaff(),
                course(body),
                Times.date(body.getString("date")),
                new HoursChange(
                    time(body, "in_time"),
                    time(body, "out_time"),
                    body.getBoolean("closed", false)),
                body.getString("reason").strip()))
        .compose(
            made ->
                told ? preview(call, made) : Future.succeededFuture(Answer.of(201, json(made))));
  }

  private static void requireTellable(String reason) {
    TemplateWord.mistake(reason)
        .ifPresent(
            why -> {
              throw new Failure(
                      Failure.Kind.INVALID_REQUEST,
                      "The reason cannot be told to families.",
                      List.of(new FieldError("/reason", why)))
                  .asException();
            });
  }

  /** The exception stands, whether it can be previewed now or not: it can be previewed later. */
  private Future<Answer> preview(Call call, ScheduleException made) {
    return bus.request(Addresses.BROADCAST_PREVIEW, PreviewBroadcast.of(call.byStaff(), made.id()))
        .map(preview -> json(made).put("broadcast", preview.toJson()))
        .otherwise(json(made))
        .map(body -> Answer.of(201, body));
  }

  private Future<Answer> withdraw(Call call) {
    return bus.request(
            Addresses.SCHEDULE_WITHDRAW, new WithdrawException(call.byStaff(), call.pathId("id")))
        .map(
            gone ->
                gone.stopped().isEmpty()
                    ? Answer.noContent()
                    : Answer.ok(
                        new JsonObject()
                            .put(
                                "broadcasts",
                                new JsonArray(
                                    gone.stopped().stream()
                                        .map(BroadcastStopped::toJson)
                                        .toList()))));
  }

  private static Optional<UUID> course(JsonObject body) {
    Optional<UUID> course = Optional.ofNullable(body.getString("course_id")).map(UUID::fromString);
    if (course.isPresent() != body.getString("scope").equals("COURSE")) {
      throw new Failure(
              Failure.Kind.INVALID_REQUEST,
              "The scope and the course do not fit.",
              List.of(
                  new FieldError(
                      "/course_id", "obligatory with scope COURSE, not allowed with scope GLOBAL")))
          .asException();
    }
    return course;
  }

  private static Optional<LocalTime> time(JsonObject body, String name) {
    return Optional.ofNullable(body.getString(name)).map(LocalTime::parse);
  }

  private static Answer answer(ExceptionPage page) {
    JsonObject body =
        new JsonObject()
            .put(
                "items",
                new JsonArray(page.items().stream().map(ScheduleOperations::json).toList()));
    Cursors.put(body, page.next());
    return Answer.ok(body);
  }

  private static JsonObject json(ScheduleException exception) {
    JsonObject json =
        new JsonObject()
            .put("id", exception.id().toString())
            .put("scope", exception.courseId().isPresent() ? "COURSE" : "GLOBAL")
            .put("date", exception.date().toString())
            .put("closed", exception.change().closed())
            .put("reason", exception.reason())
            .put("created_by", exception.createdBy().toString())
            .put("created_at", exception.createdAt().toString());
    exception.courseId().ifPresent(course -> json.put("course_id", course.toString()));
    exception.change().inTime().ifPresent(time -> json.put("in_time", time.toString()));
    exception.change().outTime().ifPresent(time -> json.put("out_time", time.toString()));
    return json;
  }

  private static JsonObject json(UUID course, EffectiveSchedule schedule) {
    JsonObject source = new JsonObject();
    schedule.inTime().map(Sourced::source).ifPresent(from -> source.put("in_time", from.name()));
    schedule.outTime().map(Sourced::source).ifPresent(from -> source.put("out_time", from.name()));
    schedule.closedBy().ifPresent(from -> source.put("closed", from.name()));
    return new JsonObject()
        .put("course_id", course.toString())
        .put("date", schedule.date().toString())
        .put("in_time", text(schedule.inTime()))
        .put("out_time", text(schedule.outTime()))
        .put("closed", schedule.closed())
        .put("expects_pupils", schedule.expectsPupils())
        .put("source", source);
  }

  private static @Nullable String text(Optional<Sourced> time) {
    return time.map(said -> said.time().toString()).orElse(null);
  }
}
