package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.LocalTime;
import java.util.Map;
import java.util.function.Function;
import porteria.roster.BaseScheduleRecords;
import porteria.roster.Course;
import porteria.roster.CourseRecords;
import porteria.roster.SchoolHours;

/** The courses of a school, and their usual hours. */
final class CourseOperations {

  private final CourseRecords courses;
  private final BaseScheduleRecords schedules;

  CourseOperations(CourseRecords courses, BaseScheduleRecords schedules) {
    this.courses = courses;
    this.schedules = schedules;
  }

  Map<String, Function<Call, Future<Answer>>> code() {
    return Map.of(
        "listCourses", this::list,
        "findCourse", this::find,
        "createCourse", this::create,
        "changeCourse", this::change,
        "listBaseSchedules", this::listHours,
        "createBaseSchedule", this::createHours,
        "changeBaseSchedule", this::changeHours,
        "removeBaseSchedule", this::removeHours);
  }

  private Future<Answer> list(Call call) {
    return courses
        .list(call.staff().schoolId(), RosterOperations.place(call))
        .map(page -> RosterOperations.page(page, CourseOperations::json));
  }

  private Future<Answer> find(Call call) {
    return courses
        .find(call.staff().schoolId(), call.pathId("id"))
        .map(course -> Answer.ok(json(course)));
  }

  private Future<Answer> create(Call call) {
    JsonObject body = call.body();
    return courses
        .create(
            call.staff().schoolId(), body.getString("name"), body.getString("grade"), call.actor())
        .map(course -> Answer.of(201, json(course)));
  }

  private Future<Answer> change(Call call) {
    JsonObject body = call.body();
    return courses
        .change(
            call.staff().schoolId(),
            call.pathId("id"),
            body.getString("name"),
            body.getString("grade"),
            call.actor())
        .map(course -> Answer.ok(json(course)));
  }

  private Future<Answer> listHours(Call call) {
    return schedules
        .list(call.staff().schoolId(), call.queryId("course_id"), RosterOperations.place(call))
        .map(page -> RosterOperations.page(page, CourseOperations::json));
  }

  private Future<Answer> createHours(Call call) {
    JsonObject body = call.body();
    return schedules
        .create(
            call.staff().schoolId(),
            RosterOperations.id(body, "course_id"),
            body.getInteger("weekday"),
            span(body),
            call.actor())
        .map(hours -> Answer.of(201, json(hours)));
  }

  private Future<Answer> changeHours(Call call) {
    return schedules
        .change(call.staff().schoolId(), call.pathId("id"), span(call.body()), call.actor())
        .map(hours -> Answer.ok(json(hours)));
  }

  private Future<Answer> removeHours(Call call) {
    return schedules
        .remove(call.staff().schoolId(), call.pathId("id"), call.actor())
        .map(removed -> Answer.noContent());
  }

  private static SchoolHours.Span span(JsonObject body) {
    return new SchoolHours.Span(
        LocalTime.parse(body.getString("in_time")), LocalTime.parse(body.getString("out_time")));
  }

  private static JsonObject json(Course course) {
    return new JsonObject()
        .put("id", course.id().toString())
        .put("name", course.name())
        .put("grade", course.grade());
  }

  private static JsonObject json(SchoolHours hours) {
    return new JsonObject()
        .put("id", hours.id().toString())
        .put("course_id", hours.courseId().toString())
        .put("weekday", hours.weekday())
        .put("in_time", hours.span().in().toString())
        .put("out_time", hours.span().out().toString());
  }
}
