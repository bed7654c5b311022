package porteria.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import porteria.http.door.CardServices;
import porteria.tag.Confirmation;
import porteria.tag.ConfirmedTag;
import porteria.tag.OldCards;
import porteria.tag.Provision;
import porteria.tag.Tag;

/** The cards of a school's pupils. */
final class TagOperations {

  private final CardServices cards;

  TagOperations(CardServices cards) {
    this.cards = cards;
  }

  Future<Answer> provision(Call call) {
    UUID student = id(call, "student_id");
    return cards
        .stickers()
        .provision(call.staff().schoolId(), student, call.actor())
        .map(provision -> Answer.of(201, json(provision)));
  }

  Future<Answer> confirm(Call call) {
    JsonObject body = call.body();
    Confirmation written =
        new Confirmation(
            id(call, "student_id"),
            body.getString("tag_token_preview"),
            Optional.ofNullable(body.getString("checksum")),
            Optional.ofNullable(body.getString("tag_uid")).map(TagOperations::uid));
    return cards
        .stickers()
        .confirm(call.staff().schoolId(), written, call.actor())
        .map(confirmed -> Answer.of(201, json(confirmed)));
  }

  Future<Answer> revoke(Call call) {
    UUID tag = id(call, "tag_id");
    return cards
        .records()
        .revoke(call.staff().schoolId(), tag, call.actor())
        .map(
            at ->
                Answer.ok(
                    new JsonObject().put("id", tag.toString()).put("revoked_at", at.toString())));
  }

  Future<Answer> list(Call call) {
    return cards
        .records()
        .list(call.staff().schoolId(), call.queryId("student_id").orElseThrow())
        .map(
            tags ->
                Answer.ok(
                    new JsonObject()
                        .put(
                            "items", new JsonArray(tags.stream().map(TagOperations::json).toList()))
                        .putNull("next_cursor")));
  }

  Future<Answer> issueQr(Call call) {
    UUID student = id(call, "student_id");
    return cards
        .screenQrs()
        .issue(call.schoolId(), student, call.guardianId(), call.actor())
        .map(
            qr ->
                Answer.of(
                    201,
                    new JsonObject()
                        .put("student_id", student.toString())
                        .put("token", qr.token())
                        .put("expires_at", qr.expiresAt().toString())));
  }

  Future<Answer> printCard(Call call) {
    return cards
        .printing()
        .card(call.staff().schoolId(), call.pathId("id"), oldCards(call), call.actor())
        .map(pdf -> Answer.pdf("credential.pdf", pdf));
  }

  Future<Answer> printSheet(Call call) {
    return cards
        .printing()
        .sheet(call.staff().schoolId(), call.pathId("id"), oldCards(call), call.actor())
        .map(pdf -> Answer.pdf("credentials.pdf", pdf));
  }

  private static OldCards oldCards(Call call) {
    return call.queryFlag("replace") ? OldCards.REPLACE : OldCards.KEEP;
  }

  private static UUID id(Call call, String name) {
    return UUID.fromString(call.body().getString(name));
  }

  /** Readers write the bytes of a serial number with colons or without. */
  private static String uid(String text) {
    return text.replace(":", "").toUpperCase(Locale.ROOT);
  }

  private static JsonObject json(Provision provision) {
    return new JsonObject()
        .put("ndef_uri", provision.ndefUri())
        .put("tag_token_preview", provision.preview())
        .put("checksum", provision.checksum())
        .put("expires_at", provision.expiresAt().toString());
  }

  private static JsonObject json(ConfirmedTag confirmed) {
    return json(confirmed.tag())
        .put("replaced", new JsonArray(confirmed.replaced().stream().map(UUID::toString).toList()));
  }

  private static JsonObject json(Tag tag) {
    JsonObject item =
        new JsonObject()
            .put("id", tag.id().toString())
            .put("student_id", tag.studentId().toString())
            .put("kind", tag.kind().name())
            .put("created_at", tag.createdAt().toString())
            .put("revoked", tag.revokedAt().isPresent());
    tag.preview().ifPresent(preview -> item.put("tag_token_preview", preview));
    tag.uid().ifPresent(uid -> item.put("tag_uid", uid));
    tag.revokedAt().ifPresent(at -> item.put("revoked_at", at.toString()));
    return item;
  }
}
