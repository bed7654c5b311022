package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import porteria.roster.Consent;
import porteria.roster.ConsentRecords;
import porteria.roster.Enrollment;
import porteria.roster.EnrollmentQuery;
import porteria.roster.EnrollmentRecords;

/** What is agreed about a pupil: the course of each school year, and consents. */
final class EnrollmentOperations {

  private final EnrollmentRecords enrollments;
  private final ConsentRecords consents;

  EnrollmentOperations(EnrollmentRecords enrollments, ConsentRecords consents) {
    this.enrollments = enrollments;
    this.consents = consents;
  }

  Map<String, Function<Call, Future<Answer>>> code() {
    return Map.of(
        "listEnrollments", this::list,
        "createEnrollment", this::create,
        "changeEnrollment", this::change,
        "listConsents", this::listConsents,
        "createConsent", this::createConsent,
        "changeConsent", this::changeConsent);
  }

  private Future<Answer> list(Call call) {
    EnrollmentQuery query =
        new EnrollmentQuery(
            call.queryId("student_id"),
            call.queryId("course_id"),
            Optional.of(call.queryInteger("school_year", 0)).filter(year -> year != 0));
    return enrollments
        .list(call.staff().schoolId(), query, RosterOperations.place(call))
        .map(page -> RosterOperations.page(page, EnrollmentOperations::json));
  }

  private Future<Answer> create(Call call) {
    JsonObject body = call.body();
    return enrollments
        .create(
            call.staff().schoolId(),
            RosterOperations.id(body, "student_id"),
            RosterOperations.id(body, "course_id"),
            body.getInteger("school_year"),
            call.actor())
        .map(enrollment -> Answer.of(201, json(enrollment)));
  }

  private Future<Answer> change(Call call) {
    return enrollments
        .change(
            call.staff().schoolId(),
            call.pathId("id"),
            RosterOperations.id(call.body(), "course_id"),
            call.actor())
        .map(enrollment -> Answer.ok(json(enrollment)));
  }

  private Future<Answer> listConsents(Call call) {
    return consents
        .list(
            call.staff().schoolId(),
            call.queryId("student_id"),
            call.queryId("guardian_id"),
            RosterOperations.place(call))
        .map(page -> RosterOperations.page(page, EnrollmentOperations::json));
  }

  private Future<Answer> createConsent(Call call) {
    JsonObject body = call.body();
    return consents
        .create(
            call.staff().schoolId(),
            RosterOperations.id(body, "student_id"),
            RosterOperations.id(body, "guardian_id"),
            terms(body),
            call.actor())
        .map(consent -> Answer.of(201, json(consent)));
  }

  private Future<Answer> changeConsent(Call call) {
    return consents
        .change(call.staff().schoolId(), call.pathId("id"), terms(call.body()), call.actor())
        .map(consent -> Answer.ok(json(consent)));
  }

  private static Consent.Terms terms(JsonObject body) {
    return new Consent.Terms(
        body.getJsonArray("scopes").stream()
            .map(String::valueOf)
            .map(Consent.Scope::valueOf)
            .collect(Collectors.toSet()),
        Times.parse("/signed_at", body.getString("signed_at")),
        Optional.ofNullable(body.getString("expires_at"))
            .map(text -> Times.parse("/expires_at", text)));
  }

  private static JsonObject json(Enrollment enrollment) {
    return new JsonObject()
        .put("id", enrollment.id().toString())
        .put("student_id", enrollment.studentId().toString())
        .put("course_id", enrollment.courseId().toString())
        .put("school_year", enrollment.schoolYear());
  }

  private static JsonObject json(Consent consent) {
    Consent.Terms terms = consent.terms();
    JsonObject json =
        new JsonObject()
            .put("id", consent.id().toString())
            .put("student_id", consent.studentId().toString())
            .put("guardian_id", consent.guardianId().toString())
            .put("scopes", new JsonArray(terms.scopes().stream().sorted().map(Enum::name).toList()))
            .put("signed_at", terms.signedAt().toString());
    terms.expiresAt().ifPresent(end -> json.put("expires_at", end.toString()));
    return json;
  }
}
