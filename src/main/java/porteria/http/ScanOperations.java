package porteria.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import porteria.bus.Addresses;
import porteria.bus.AnnulEvent;
import porteria.bus.Annulment;
import porteria.bus.Bus;
import porteria.bus.SubmitScan;
import porteria.domain.Failure;
import porteria.domain.Failure.FieldError;
import porteria.domain.Failure.Kind;
import porteria.domain.FailureException;
import porteria.domain.Gate;
import porteria.domain.Kiosk;
import porteria.domain.Role;
import porteria.domain.ScanFlag;
import porteria.domain.ScanSource;
import porteria.domain.ScanType;
import porteria.domain.Verdict;
import porteria.http.door.Caller;

/** What kiosks send. */
final class ScanOperations {

  private final Bus bus;
  private final Problems problems;
  private final MeterRegistry meters;
  private final BodySchema scanSchema;

  /**
   * Prepares the operations.
   *
   * @param scanSchema of one scan, for those of a batch
   */
  ScanOperations(Bus bus, Problems problems, MeterRegistry meters, BodySchema scanSchema) {
    this.bus = bus;
    this.problems = problems;
    this.meters = meters;
    this.scanSchema = scanSchema;
  }

  Future<Answer> submit(Call call) {
    JsonObject body = call.body();
    SubmitScan scan = scan(call.kiosk(), body, time(body, "sent_at"), call.receivedAt());
    return bus.request(Addresses.SCAN_SUBMIT, scan).map(verdict -> answer(call, verdict));
  }

  Future<Answer> submitBatch(Call call) {
    JsonObject body = call.body();
    Optional<Instant> sentAt = time(body, "sent_at");
    List<Future<JsonObject>> verdicts =
        body.getJsonArray("scans").stream().map(item -> judge(call, item, sentAt)).toList();
    return Future.join(verdicts)
        .map(
            done ->
                Answer.ok(
                    new JsonObject()
                        .put(
                            "verdicts",
                            new JsonArray(verdicts.stream().map(Future::result).toList()))));
  }

  Future<Answer> annul(Call call) {
    AnnulEvent command =
        switch (call.caller()) {
          case Caller.AtGate(Kiosk kiosk) ->
              new AnnulEvent(
                  kiosk.schoolId(),
                  call.pathId("event_id"),
                  Optional.of(kiosk.deviceId()),
                  Optional.empty(),
                  Role.KIOSK,
                  Optional.of(call.address()),
                  call.body().getString("reason").strip());
          default ->
              new AnnulEvent(
                  call.staff().schoolId(),
                  call.pathId("event_id"),
                  Optional.empty(),
                  Optional.of(call.staff().staffId()),
                  call.staff().role(),
                  Optional.of(call.address()),
                  call.body().getString("reason").strip());
        };
    return bus.request(Addresses.SCAN_ANNUL, command).map(ScanOperations::answer);
  }

  private Answer answer(Call call, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Accepted accepted -> {
        count("accepted", accepted.duplicate());
        yield Answer.of(
            202,
            new JsonObject()
                .put("event_id", accepted.eventId().toString())
                .put(
                    "student",
                    new JsonObject()
                        .put("id", accepted.studentId().toString())
                        .put("first_name", firstName(accepted.fullName())))
                .put("type", accepted.type().name())
                .put("occurred_at", accepted.occurredAt().toString())
                .put("duplicate", accepted.duplicate())
                .put("flags", flags(accepted.flags())));
      }
      case Verdict.Rejected rejected -> {
        count("rejected", rejected.duplicate());
        yield problems.answer(
            Failure.of(Kind.SCAN_REJECTED, "The scan was refused: " + rejected.reason() + "."),
            call.requestId(),
            new JsonObject()
                .put("reason", rejected.reason().name())
                .put("duplicate", rejected.duplicate()));
      }
      case Verdict.Conflict() -> {
        count("conflict", false);
        yield problems.answer(
            Failure.of(
                Kind.CONFLICT,
                "This local_seq was used before by this device for another scan; take the next one."),
            call.requestId());
      }
    };
  }

  /** Never fails: whatever is wrong with one item is said in its own verdict. */
  private Future<JsonObject> judge(Call call, @Nullable Object sent, Optional<Instant> sentAt) {
    JsonObject verdict = new JsonObject();
    if (!(sent instanceof JsonObject item)) {
      return Future.succeededFuture(
          invalid(
              verdict.putNull("local_seq"),
              List.of(new FieldError("", "allowed is a JSON object"))));
    }
    if (item.getValue("local_seq") instanceof Number number) {
      verdict.put("local_seq", number);
    } else {
      verdict.putNull("local_seq");
    }
    Future<Verdict> submitted;
    try {
      Optional<Failure> misfit = scanSchema.check(item.toBuffer());
      if (misfit.isPresent()) {
        return Future.succeededFuture(invalid(verdict, misfit.get().errors()));
      }
      submitted =
          bus.request(Addresses.SCAN_SUBMIT, scan(call.kiosk(), item, sentAt, call.receivedAt()));
    } catch (FailureException wrong) {
      return Future.succeededFuture(invalid(verdict, wrong.failure().errors()));
    }
    return submitted.map(reached -> describe(verdict, reached)).otherwise(error -> failed(verdict));
  }

  private JsonObject describe(JsonObject item, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Accepted accepted -> {
        count("accepted", accepted.duplicate());
        yield item.put("status", accepted.duplicate() ? "DUPLICATE" : "ACCEPTED")
            .put("retry", false)
            .put("event_id", accepted.eventId().toString())
            .put("flags", flags(accepted.flags()));
      }
      case Verdict.Rejected rejected -> {
        count("rejected", rejected.duplicate());
        yield item.put("status", "REJECTED")
            .put("retry", false)
            .put("reason", rejected.reason().name())
            .put("flags", flags(rejected.flags()));
      }
      case Verdict.Conflict() -> {
        count("conflict", false);
        yield item.put("status", "CONFLICT").put("retry", false).put("flags", new JsonArray());
      }
    };
  }

  private JsonObject invalid(JsonObject item, List<FieldError> errors) {
    count("invalid", false);
    String detail =
        errors.stream()
            .map(error -> error.pointer() + ": " + error.detail())
            .reduce((one, other) -> one + "; " + other)
            .orElse("not a scan");
    return item.put("status", "INVALID")
        .put("retry", false)
        .put("detail", detail)
        .put("flags", new JsonArray());
  }

  /**
   * A fault of ours: the kiosk keeps the scan and sends it again, which a replay makes harmless.
   */
  private JsonObject failed(JsonObject item) {
    count("failed", false);
    return item.put("status", "FAILED").put("retry", true).put("flags", new JsonArray());
  }

  private static SubmitScan scan(
      Kiosk kiosk, JsonObject body, Optional<Instant> sentAt, Instant receivedAt) {
    if (!kiosk.code().equals(body.getString("device_id"))) {
      throw new Failure(
              Kind.FORBIDDEN,
              "This token belongs to another device.",
              List.of(new FieldError("/device_id", "allowed is the token's own device")))
          .asException();
    }
    Gate gate = kiosk.gates().get(body.getString("gate_id"));
    if (gate == null) {
      throw new Failure(
              Kind.INVALID_REQUEST,
              "The gate is not known.",
              List.of(new FieldError("/gate_id", "allowed are the gates of this school")))
          .asException();
    }
    return new SubmitScan(
        kiosk,
        gate,
        body.getLong("local_seq"),
        ScanSource.valueOf(body.getString("source")),
        body.getString("token"),
        ScanType.valueOf(body.getString("type")),
        time(body, "captured_at"),
        sentAt,
        receivedAt);
  }

  private static Optional<Instant> time(JsonObject body, String name) {
    return Optional.ofNullable(body.getString(name)).map(text -> Times.parse("/" + name, text));
  }

  private static Answer answer(Annulment annulment) {
    return Answer.ok(
        new JsonObject()
            .put("event_id", annulment.eventId().toString())
            .put("annulled_at", annulment.annulledAt().toString())
            .put("families_told", annulment.familiesTold()));
  }

  private void count(String verdict, boolean duplicate) {
    meters.counter("porteria.scans", "verdict", duplicate ? "duplicate" : verdict).increment();
  }

  private static String firstName(String fullName) {
    int space = fullName.indexOf(' ');
    return space < 0 ? fullName : fullName.substring(0, space);
  }

  private static JsonArray flags(List<ScanFlag> flags) {
    JsonArray names = new JsonArray();
    flags.forEach(flag -> names.add(flag.name()));
    return names;
  }
}
