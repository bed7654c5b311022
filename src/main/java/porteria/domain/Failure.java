package porteria.domain;

import java.util.Arrays;
import java.util.List;

/**
 * Why a request was not carried out: the closed list that every layer shares. The event bus carries
 * the kind's ordinal as its reply code, HTTP its status and its slug.
 *
 * @param kind what went wrong
 * @param detail one sentence for the caller: what was wrong, where, what is allowed; never a secret
 * @param errors the offending fields, empty when none can be named
 */
public record Failure(Kind kind, String detail, List<FieldError> errors) {

  public Failure {
    errors = List.copyOf(errors);
  }

  public static Failure of(Kind kind, String detail) {
    return new Failure(kind, detail, List.of());
  }

  public FailureException asException() {
    return new FailureException(this);
  }

  /**
   * One offending field.
   *
   * @param pointer JSON Pointer (RFC 6901) into the request's body, or the parameter's name
   * @param detail what is wrong with it and what is allowed
   */
  public record FieldError(String pointer, String detail) {}

  /** The kinds of failure, each with its HTTP status, its stable slug and its title. */
  public enum Kind {
    INVALID_REQUEST(1, 400, "invalid-request", "The request is not valid"),
    UNAUTHENTICATED(2, 401, "unauthenticated", "Credentials are missing or not valid"),
    FORBIDDEN(3, 403, "forbidden", "These credentials may not do this"),
    NOT_FOUND(4, 404, "not-found", "There is no such thing"),
    METHOD_NOT_ALLOWED(5, 405, "method-not-allowed", "This method is not allowed here"),
    CONFLICT(6, 409, "conflict", "The request contradicts what is stored"),
    BODY_TOO_LARGE(7, 413, "body-too-large", "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(8, 415, "unsupported-media-type", "The body is of another type"),
    SCAN_REJECTED(9, 422, "scan-rejected", "The scan was refused"),
    INTERNAL(10, 500, "internal", "The server failed"),
    OVERLOADED(11, 503, "overloaded", "The server is busy"),
    UNAVAILABLE(12, 503, "unavailable", "A part of the server does not answer"),
    TOO_MANY_REQUESTS(13, 429, "too-many-requests", "There were too many requests"),
    TOTP_REQUIRED(14, 401, "totp-required", "A one-time code is needed too"),
    TOTP_ENROLMENT_REQUIRED(15, 403, "totp-enrolment-required", "This role needs a second factor");

    private final int code;
    private final int status;
    private final String slug;
    private final String title;

    Kind(int code, int status, String slug, String title) {
      this.code = code;
      this.status = status;
      this.slug = slug;
      this.title = title;
    }

    /** The reply code on the event bus. */
    public int code() {
      return code;
    }

    /** The kind of a reply code. */
    public static Kind of(int code) {
      return Arrays.stream(values())
          .filter(kind -> kind.code == code)
          .findAny()
          .orElseThrow(() -> new IllegalArgumentException("no kind of failure has code " + code));
    }

    public int status() {
      return status;
    }

    public String slug() {
      return slug;
    }

    public String title() {
      return title;
    }
  }
}
