package porteria.browser;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import porteria.testkit.ApiCalls;
import porteria.testkit.ApiCalls.Answer;
import porteria.testkit.DemoSchoolFile;
import porteria.testkit.DemoSchoolFile.Device;
import porteria.testkit.DemoSchoolFile.Pupil;
import porteria.testkit.ServerJvm;

/** The demonstration as {@code make run} starts it, on ports and data of its own. */
final class DemoServer implements AutoCloseable {

  private final Map<String, String> environment;
  private final int port = ServerJvm.freePort();
  private final ApiCalls calls = new ApiCalls(port);
  private final AtomicInteger nextPupil = new AtomicInteger();
  private final AtomicLong nextSeq = new AtomicLong(1);
  private final DemoSchoolFile school;
  private ServerJvm process;

  DemoServer(Path data) {
    environment =
        Map.of(
            "DATA_DIR",
            data.toString(),
            "HTTP_PORT",
            Integer.toString(port),
            "SIMULATOR_PORT",
            Integer.toString(ServerJvm.freePort()));
    process = ServerJvm.start("demo", environment);
    process.awaitReady();
    school = DemoSchoolFile.read(data);
  }

  String url(String path) {
    return "http://localhost:" + port + path;
  }

  DemoSchoolFile school() {
    return school;
  }

  /** A pupil who was not here yet. */
  Pupil nextPupil() {
    return school.pupils().get(nextPupil.getAndIncrement());
  }

  /** Lets a kiosk read a card of somebody who comes in. */
  JsonObject enter(Pupil pupil) {
    Answer answer = tap(pupil.nfcToken());
    if (answer.status() != 202) {
      throw new AssertionError("the scan is answered " + answer);
    }
    return answer.body();
  }

  /** Lets a kiosk read any card. */
  Answer tap(String card) {
    List<Device> devices = school.devices();
    long seq = nextSeq.getAndIncrement();
    try {
      return calls.enter(devices.get((int) (seq % devices.size())), card, seq);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The inspector takes an event back. */
  void annul(String eventId) {
    try {
      Answer answer =
          calls.post(
              "/api/v1/attendance/events/" + eventId + "/annul",
              calls.login(school.inspector()),
              new JsonObject().put("reason", "Tarjeta equivocada"));
      if (answer.status() != 200) {
        throw new AssertionError("annulling is answered " + answer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The figures of today, as the API tells them. */
  JsonObject totals() {
    try {
      return calls
          .get("/api/v1/attendance/day", calls.login(school.inspector()))
          .body()
          .getJsonObject("totals");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A power cut. What was around the server stays until the next start finds it. */
  void crash() {
    process.kill();
  }

  /** Starts again on the same data and port. */
  void startAgain() {
    process = ServerJvm.start("demo", environment);
    process.awaitReady();
  }

  @Override
  public void close() {
    calls.close();
    process.close();
  }
}
