package porteria.embedded.simulator;

import io.vertx.core.json.JsonObject;

/**
 * A refusal in the words of Amazon SES.
 *
 * @param type the exception's name, such as {@code BadRequestException}
 */
record SesError(int status, String type, String message) {

  static SesError badRequest(String message) {
    return new SesError(400, "BadRequestException", message);
  }

  static SesError unverifiedSender(String sender) {
    return new SesError(
        400,
        "MessageRejected",
        "Email address is not verified. The following identities failed the check in region"
            + " SIMULATOR: "
            + sender);
  }

  static SesError unsigned() {
    return new SesError(403, "MissingAuthenticationTokenException", "Missing Authentication Token");
  }

  static SesError foreignKey() {
    return new SesError(
        403,
        "UnrecognizedClientException",
        "The security token included in the request is invalid.");
  }

  static SesError outage() {
    return new SesError(
        500, "InternalServiceErrorException", "An internal error occurred; try again.");
  }

  static SesError throttled() {
    return new SesError(429, "TooManyRequestsException", "Maximum sending rate exceeded.");
  }

  /**
   * The error of this name or HTTP status.
   *
   * @param code such as {@code SendingPausedException} or {@code 503}
   */
  static SesError coded(String code) {
    return switch (code) {
      case "500", "InternalServiceErrorException" -> outage();
      case "502", "503", "504" ->
          new SesError(Integer.parseInt(code), "ServiceUnavailable", "Service is unavailable.");
      case "403", "AccessDeniedException" ->
          new SesError(403, "AccessDeniedException", "User is not authorized to perform this.");
      case "404", "NotFoundException" ->
          new SesError(404, "NotFoundException", "The resource does not exist.");
      case "429", "TooManyRequestsException" -> throttled();
      default ->
          code.chars().allMatch(Character::isDigit)
              ? badRequest("Simulated error " + code)
              : new SesError(400, code, "Simulated error " + code);
    };
  }

  /** The answer that carries it, in the shape the SDK unwraps. */
  Answer answer() {
    return Answer.json(status, new JsonObject().put("message", message).encode())
        .with("x-amzn-ErrorType", type);
  }
}
