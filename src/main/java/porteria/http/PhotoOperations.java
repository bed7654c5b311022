package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import porteria.photo.PhotoService;
import porteria.storage.UploadLeave;
import porteria.storage.ViewLeave;

/** Photos as evidence of scans. */
final class PhotoOperations {

  private static final String EVENT = "event_id";

  private final PhotoService photos;

  PhotoOperations(PhotoService photos) {
    this.photos = photos;
  }

  Future<Answer> begin(Call call) {
    JsonObject body = call.body();
    return photos
        .begin(
            call.kiosk(),
            call.pathId(EVENT),
            body.getString("content_type"),
            body.getInteger("content_length"))
        .map(PhotoOperations::answer);
  }

  Future<Answer> complete(Call call) {
    return photos
        .complete(call.kiosk(), call.pathId(EVENT))
        .map(at -> Answer.ok(new JsonObject().put("completed_at", at.toString())));
  }

  Future<Answer> view(Call call) {
    return photos
        .view(call.staff().schoolId(), call.pathId(EVENT), call.actor())
        .map(PhotoOperations::answer);
  }

  Future<Answer> allow(Call call) {
    boolean allowed = call.body().getBoolean("allowed");
    return photos
        .allow(call.staff().schoolId(), allowed, call.actor())
        .map(done -> Answer.ok(new JsonObject().put("allowed", allowed)));
  }

  static Answer answer(UploadLeave upload) {
    return Answer.ok(
        new JsonObject()
            .put("url", upload.url().toString())
            .put("headers", new JsonObject(new HashMap<>(upload.headers())))
            .put("expires_at", upload.expiresAt().toString()));
  }

  static Answer answer(ViewLeave view) {
    return Answer.ok(
        new JsonObject()
            .put("url", view.url().toString())
            .put("expires_at", view.expiresAt().toString()));
  }
}
