package porteria.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import porteria.domain.Role;
import porteria.testkit.RunningServer;
import porteria.testkit.RunningServerExtension;
import porteria.testkit.Telling;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/**
 * What each operation of the contract answers to each credential. Where a body is taken and none is
 * given in {@link #BODIES}, one is sent that no contract allows: whoever may call is told so with
 * 400, and nothing is changed. Ids in paths are those of {@code our} school.
 */
@ExtendWith(RunningServerExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
@Telling
class RoleMatrixTest {

  /**
   * A line an operation; an operation that is missing here fails the test. A cell with two statuses
   * says what our school's credential is answered and what another school's is.
   */
  private static final String MATRIX =
      """
      operation          | nobody | unknown | revoked | kiosk   | parent | teacher | inspector | director | admin
      login              | 400    | 400     | 400     | 400     | 400    | 400     | 400       | 400      | 400
      refresh            | 400    | 400     | 400     | 400     | 400    | 400     | 400       | 400      | 400
      logout             | 401    | 401     | 401     | 403     | 400    | 400     | 400       | 400      | 400
      changePassword     | 401    | 401     | 401     | 403     | 403    | 400     | 400       | 400      | 400
      enrolTotp          | 401    | 401     | 401     | 403     | 403    | 200     | 200       | 200      | 200
      confirmTotp        | 401    | 401     | 401     | 403     | 403    | 400     | 400       | 400      | 400
      removeStaffTotp    | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 403      | 404
      requestMagicLink   | 400    | 400     | 400     | 400     | 400    | 400     | 400       | 400      | 400
      redeemMagicLink    | 400    | 400     | 400     | 400     | 400    | 400     | 400       | 400      | 400
      listStaff          | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 403      | 200
      addStaff           | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 403      | 400
      changeStaff        | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 403      | 400
      resetStaffPassword | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 403      | 404
      viewParent         | 401    | 401     | 401     | 403     | 200    | 403     | 403       | 403      | 403
      listChildren       | 401    | 401     | 401     | 403     | 200    | 403     | 403       | 403      | 403
      listChildrenEvents | 401    | 401     | 401     | 403     | 200    | 403     | 403       | 403      | 403
      viewPreferences    | 401    | 401     | 401     | 403     | 200    | 403     | 403       | 403      | 403
      choosePreferences  | 401    | 401     | 401     | 403     | 400    | 403     | 403       | 403      | 403
      resumeContact      | 401    | 401     | 401     | 403     | 404    | 403     | 403       | 403      | 403
      submitAbsence      | 401    | 401     | 401     | 403     | 400    | 403     | 403       | 403      | 403
      listOwnAbsences    | 401    | 401     | 401     | 403     | 200    | 403     | 403       | 403      | 403
      withdrawAbsence    | 401    | 401     | 401     | 403     | 404    | 403     | 403       | 403      | 403
      attachToAbsence    | 401    | 401     | 401     | 403     | 400    | 403     | 403       | 403      | 403
      completeAbsenceAttachment | 401 | 401 | 401    | 403     | 404    | 403     | 403       | 403      | 403
      listAbsences       | 401    | 401     | 401     | 403     | 403    | 403     | 200       | 200      | 200
      excuseStudent      | 401    | 401     | 401     | 403     | 403    | 403     | 400       | 400      | 400
      revokeAbsence      | 401    | 401     | 401     | 403     | 403    | 403     | 404       | 404      | 404
      approveAbsence     | 401    | 401     | 401     | 403     | 403    | 403     | 400       | 400      | 400
      rejectAbsence      | 401    | 401     | 401     | 403     | 403    | 403     | 400       | 400      | 400
      viewAbsenceAttachment | 401 | 401     | 401     | 403     | 403    | 403     | 404       | 404      | 404
      health             | 200    | 200     | 200     | 200     | 200    | 200     | 200       | 200      | 200
      healthLive         | 200    | 200     | 200     | 200     | 200    | 200     | 200       | 200      | 200
      healthReady        | 200    | 200     | 200     | 200     | 200    | 200     | 200       | 200      | 200
      submitScan         | 401    | 401     | 401     | 400     | 403    | 403     | 403       | 403      | 403
      submitScans        | 401    | 401     | 401     | 400     | 403    | 403     | 403       | 403      | 403
      listEvents         | 401    | 401     | 401     | 403     | 200    | 403     | 200       | 200      | 200
      annulEvent         | 401    | 401     | 401     | 200/404 | 403    | 403     | 200/404   | 200/404  | 200/404
      viewDay            | 401    | 401     | 401     | 403     | 403    | 403     | 200       | 200      | 200
      listMissing        | 401    | 401     | 401     | 403     | 403    | 403     | 200       | 200      | 200
      viewArrivals       | 401    | 401     | 401     | 403     | 403    | 403     | 200       | 200      | 200
      viewPreviousDay    | 401    | 401     | 401     | 403     | 403    | 403     | 200       | 200      | 200
      listRejections     | 401    | 401     | 401     | 403     | 403    | 403     | 200       | 200      | 200
      beginPhoto         | 401    | 401     | 401     | 400     | 403    | 403     | 403       | 403      | 403
      completePhoto      | 401    | 401     | 401     | 404     | 403    | 403     | 403       | 403      | 403
      viewPhoto          | 401    | 401     | 401     | 403     | 403    | 403     | 404       | 404      | 404
      allowPhotos        | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 403      | 400
      enrolDevice        | 400    | 400     | 400     | 400     | 400    | 400     | 400       | 400      | 400
      offerEnrolment     | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 403      | 400
      reportDevice       | 401    | 401     | 401     | 400     | 403    | 403     | 403       | 403      | 403
      listDevices        | 401    | 401     | 401     | 403     | 403    | 403     | 200       | 200      | 200
      revokeDevice       | 401    | 401     | 401     | 403     | 403    | 403     | 200/404   | 200/404  | 200/404
      listAudit          | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 200      | 200
      exportAudit        | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 200      | 200
      provisionTag       | 401    | 401     | 401     | 403     | 403    | 403     | 400       | 400      | 400
      confirmTag         | 401    | 401     | 401     | 403     | 403    | 403     | 400       | 400      | 400
      revokeTag          | 401    | 401     | 401     | 403     | 403    | 403     | 400       | 400      | 400
      listTags           | 401    | 401     | 401     | 403     | 403    | 403     | 400       | 400      | 400
      issueQr            | 401    | 401     | 401     | 403     | 400    | 403     | 400       | 400      | 400
      printCard          | 401    | 401     | 401     | 403     | 403    | 403     | 404       | 404      | 404
      printCards         | 401    | 401     | 401     | 403     | 403    | 403     | 404       | 404      | 404
      viewSchool         | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 403      | 200
      changeSchool       | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 403      | 400
      listGates          | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 403      | 200
      createGate         | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 403      | 400
      changeGate         | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 403      | 400
      listStudents       | 401    | 401     | 401     | 403     | 403    | 403     | 200       | 200      | 200
      listGuardians      | 401    | 401     | 401     | 403     | 403    | 403     | 200       | 200      | 200
      listCourses        | 401    | 401     | 401     | 403     | 403    | 403     | 200       | 200      | 200
      listEnrollments    | 401    | 401     | 401     | 403     | 403    | 403     | 200       | 200      | 200
      listConsents       | 401    | 401     | 401     | 403     | 403    | 403     | 200       | 200      | 200
      listBaseSchedules  | 401    | 401     | 401     | 403     | 403    | 403     | 200       | 200      | 200
      findStudent        | 401    | 401     | 401     | 403     | 403    | 403     | 404       | 404      | 404
      findGuardian       | 401    | 401     | 401     | 403     | 403    | 403     | 404       | 404      | 404
      findCourse         | 401    | 401     | 401     | 403     | 403    | 403     | 404       | 404      | 404
      createStudent      | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 403      | 400
      changeStudent      | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 403      | 400
      createGuardian     | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 403      | 400
      changeGuardian     | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 403      | 400
      createCourse       | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 403      | 400
      changeCourse       | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 403      | 400
      createEnrollment   | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 403      | 400
      changeEnrollment   | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 403      | 400
      createConsent      | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 403      | 400
      changeConsent      | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 403      | 400
      createBaseSchedule | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 403      | 400
      changeBaseSchedule | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 403      | 400
      eraseStudent       | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 403      | 400
      eraseGuardian      | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 403      | 400
      liftSuppression    | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 403      | 404
      removeBaseSchedule | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 403      | 404
      listDiscrepancies  | 401    | 401     | 401     | 403     | 403    | 403     | 200       | 200      | 200
      viewAlarms         | 401    | 401     | 401     | 403     | 403    | 403     | 200       | 200      | 200
      releaseAlarms      | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 400      | 400
      findEffectiveSchedule | 401    | 401     | 401     | 403     | 403    | 403     | 400       | 400      | 400
      listScheduleExceptions | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 200      | 200
      createScheduleException | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 400      | 400
      withdrawScheduleException | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 404      | 404
      listNotifications  | 401    | 401     | 401     | 403     | 403    | 403     | 200       | 200      | 200
      findNotification   | 401    | 401     | 401     | 403     | 403    | 403     | 404       | 404      | 404
      retryNotification  | 401    | 401     | 401     | 403     | 403    | 403     | 404       | 404      | 404
      retryNotifications | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 400      | 400
      dispatchNotifications | 401 | 401     | 401     | 403     | 403    | 403     | 403       | 403      | 403
      viewSending        | 401    | 401     | 401     | 403     | 403    | 403     | 200       | 200      | 200
      resumeSending      | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 400      | 400
      previewBroadcast   | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 400      | 400
      sendBroadcast      | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 400      | 400
      listBroadcasts     | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 200      | 200
      viewBroadcast      | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 404      | 404
      cancelBroadcast    | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 404      | 404
      retryBroadcast     | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 404      | 404
      reportBroadcast    | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 404      | 404
      importRoster       | 401    | 401     | 401     | 403     | 403    | 403     | 403       | 403      | 415
      """;

  /** Bodies with which an operation gets as far as the id in its path. */
  private static final Map<String, JsonObject> BODIES =
      Map.of("annulEvent", new JsonObject().put("reason", "se equivocó de tarjeta"));

  private static final JsonObject ALLOWED_NOWHERE = new JsonObject().put("no such field", true);
  private static final List<String> OF_NO_SCHOOL = List.of("nobody", "unknown", "revoked");
  private static final String PUPIL = "Ana Soto";

  private final RunningServer server;
  private final Map<String, Operation> contract = contract();
  private final TestSchool our;
  private final TestSchool other;
  private final Map<String, String> ids;
  private final Map<TestSchool, String> parents;

  private record Operation(HttpMethod method, String path, boolean takesBody) {}

  RoleMatrixTest(RunningServer server) {
    this.server = server;
    our = server.school();
    other = server.school();
    TestPupil ana = our.pupil(PUPIL);
    String event = our.north().in(ana, server.now()).get("event_id");
    TestPupil benjamin = other.pupil("Benjamín Rojas");
    parents = Map.of(our, our.parentOf(ana).signIn(), other, other.parentOf(benjamin).signIn());
    server
        .sql()
        .lines("UPDATE device SET revoked_at = '2026-02-01Z' WHERE id = ?", our.south().id());
    ids =
        Map.of(
            "event_id",
            event,
            "id",
            our.south().id().toString(),
            "contact_id",
            our.south().id().toString());
  }

  @Test
  void every_operation_of_the_contract_has_its_line() {
    assertThat(lines().map(List::getFirst)).containsExactlyInAnyOrderElementsOf(contract.keySet());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lines")
  void each_operation_answers_each_credential_as_the_matrix_says(List<String> line) {
    Operation operation = Objects.requireNonNull(contract.get(line.getFirst()), line::getFirst);
    List<String> answered = new ArrayList<>();
    for (String credential : heading().subList(1, heading().size())) {
      answered.add(answered(line.getFirst(), operation, credential));
    }
    assertThat(answered)
        .as("%s to %s", line.getFirst(), heading().subList(1, heading().size()))
        .isEqualTo(line.subList(1, line.size()));
  }

  private String answered(String operationId, Operation operation, String credential) {
    if (OF_NO_SCHOOL.contains(credential)) {
      return String.valueOf(call(operationId, operation, token(our, credential)).statusCode());
    }
    int ours = call(operationId, operation, token(our, credential)).statusCode();
    HttpResponse<Buffer> toStranger = call(operationId, operation, token(other, credential));
    assertThat(String.valueOf(toStranger.bodyAsString()))
        .as("what %s tells another school", operationId)
        .doesNotContain(PUPIL, our.id().toString());
    int theirs = toStranger.statusCode();
    return ours == theirs ? String.valueOf(ours) : ours + "/" + theirs;
  }

  private HttpResponse<Buffer> call(
      String operationId, Operation operation, Optional<String> token) {
    HttpRequest<Buffer> request =
        server.request(operation.method(), "/api/v1" + filled(operation.path()));
    token.ifPresent(request::bearerTokenAuthentication);
    return (operation.takesBody()
            ? request.sendJsonObject(BODIES.getOrDefault(operationId, ALLOWED_NOWHERE))
            : request.send())
        .await();
  }

  private Optional<String> token(TestSchool school, String credential) {
    return switch (credential) {
      case "nobody" -> Optional.empty();
      case "unknown" -> Optional.of("a-token-that-nobody-has");
      case "revoked" -> Optional.of(school.south().token());
      case "kiosk" -> Optional.of(school.north().token());
      case "parent" -> Optional.ofNullable(parents.get(school));
      default -> Optional.of(school.login(Role.valueOf(credential.toUpperCase(Locale.ROOT))));
    };
  }

  private String filled(String path) {
    String filled = path;
    for (Map.Entry<String, String> id : ids.entrySet()) {
      filled = filled.replace("{" + id.getKey() + "}", id.getValue());
    }
    assertThat(filled).as("say in ids what stands here").doesNotContain("{");
    return filled;
  }

  private static List<String> heading() {
    return cells().findFirst().orElseThrow();
  }

  static Stream<List<String>> lines() {
    return cells().skip(1);
  }

  private static Stream<List<String>> cells() {
    return MATRIX
        .lines()
        .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList());
  }

  private static Map<String, Operation> contract() {
    try (InputStream file = RoleMatrixTest.class.getResourceAsStream("/openapi.yaml")) {
      Map<String, Object> tree =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(Objects.requireNonNull(file));
      Map<String, Operation> operations = new TreeMap<>();
      new JsonObject(tree)
          .getJsonObject("paths")
          .forEach(
              path ->
                  ((JsonObject) path.getValue())
                      .forEach(
                          method -> {
                            JsonObject stated = (JsonObject) method.getValue();
                            operations.put(
                                stated.getString("operationId"),
                                new Operation(
                                    HttpMethod.valueOf(method.getKey().toUpperCase(Locale.ROOT)),
                                    path.getKey(),
                                    stated.containsKey("requestBody")));
                          }));
      return operations;
    } catch (IOException e) {
      throw new IllegalStateException("no contract", e);
    }
  }
}
