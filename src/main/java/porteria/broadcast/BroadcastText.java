package porteria.broadcast;

import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Predicate;
import porteria.bus.PreviewBroadcast.Text;
import porteria.domain.BroadcastType;
import porteria.domain.Failure;
import porteria.domain.FailureException;
import porteria.domain.HoursChange;
import porteria.domain.TemplateWord;

/**
 * What a broadcast tells, the same to all; fit for the providers.
 *
 * @param facts by the names that messages are made from
 * @param day that it is about; empty of what is about none
 */
record BroadcastText(JsonObject facts, Optional<LocalDate> day) {

  private static final int LONGEST_SUBJECT = 120;
  private static final int LONGEST_TEXT = 4_000;

  /** What is written by hand; throws INVALID_REQUEST saying where it is not fit. */
  static BroadcastText of(BroadcastType type, Text text) {
    return switch (type) {
      case CAMBIO_HORARIO -> hours(text);
      case AVISO -> notice(text);
    };
  }

  /** What an exception to the hours says; throws INVALID_REQUEST when its reason is not fit. */
  static BroadcastText of(LocalDate day, HoursChange change, String reason) {
    TemplateWord.mistake(reason).ifPresent(why -> refuse("the exception's reason " + why));
    JsonObject facts =
        new JsonObject()
            .put("day", day.toString())
            .put("closed", change.closed())
            .put("reason", reason);
    change.inTime().ifPresent(time -> facts.put("in", time.toString()));
    change.outTime().ifPresent(time -> facts.put("out", time.toString()));
    return new BroadcastText(facts, Optional.of(day));
  }

  private static BroadcastText hours(Text text) {
    if (text.subject().isPresent() || text.text().isPresent()) {
      refuse("text_params: a CAMBIO_HORARIO has no subject and no text; they are of an AVISO");
    }
    LocalDate day = text.date().orElseThrow(() -> refusal("text_params.date is missing"));
    String reason = text.reason().orElseThrow(() -> refusal("text_params.reason is missing"));
    TemplateWord.mistake(reason).ifPresent(why -> refuse("text_params.reason " + why));
    boolean times = text.inTime().isPresent() || text.outTime().isPresent();
    if (text.closed() == times) {
      refuse("text_params: give in_time, out_time or both, or say closed: true");
    }
    text.inTime()
        .filter(in -> text.outTime().filter(Predicate.not(in::isBefore)).isPresent())
        .ifPresent(late -> refuse("text_params.out_time must come after in_time"));
    return of(day, new HoursChange(text.inTime(), text.outTime(), text.closed()), reason);
  }

  private static BroadcastText notice(Text text) {
    if (text.date().isPresent()
        || text.inTime().isPresent()
        || text.outTime().isPresent()
        || text.reason().isPresent()) {
      refuse("text_params: an AVISO has a subject and a text alone");
    }
    String subject = text.subject().orElseThrow(() -> refusal("text_params.subject is missing"));
    String words = text.text().orElseThrow(() -> refusal("text_params.text is missing"));
    if (subject.isBlank()
        || subject.length() > LONGEST_SUBJECT
        || subject.chars().anyMatch(Character::isISOControl)) {
      refuse(
          "text_params.subject: allowed are 1 to %d characters in one line"
              .formatted(LONGEST_SUBJECT));
    }
    if (words.isBlank() || words.length() > LONGEST_TEXT) {
      refuse("text_params.text: allowed are 1 to %d characters".formatted(LONGEST_TEXT));
    }
    return new BroadcastText(
        new JsonObject().put("subject", subject).put("text", words), Optional.empty());
  }

  private static void refuse(String detail) {
    throw refusal(detail);
  }

  private static FailureException refusal(String detail) {
    return Failure.of(Failure.Kind.INVALID_REQUEST, detail + ".").asException();
  }

  /** What it says stays out of logs. */
  @Override
  public String toString() {
    return "BroadcastText";
  }
}
