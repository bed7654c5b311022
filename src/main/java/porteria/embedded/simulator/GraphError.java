package porteria.embedded.simulator;

import io.vertx.core.json.JsonObject;

/**
 * A refusal in the words of the WhatsApp Cloud API.
 *
 * @param code what senders must judge by; the HTTP status says less
 * @param message the provider's short sentence
 * @param details the provider's explanation; empty when it gives none
 */
record GraphError(int status, int code, String message, String details) {

  static GraphError badToken() {
    return new GraphError(401, 190, "Invalid OAuth access token - Cannot parse access token", "");
  }

  static GraphError unknownPhoneNumber(String id) {
    return new GraphError(
        400,
        100,
        "Unsupported post request. Object with ID '" + id + "' does not exist",
        "The phone number id is unknown or this token may not use it");
  }

  static GraphError required(String parameter) {
    return invalid("The parameter " + parameter + " is required.");
  }

  static GraphError invalid(String details) {
    return new GraphError(400, 100, "(#100) Invalid parameter", details);
  }

  static GraphError badValue(String details) {
    return new GraphError(400, 131009, "(#131009) Parameter value is not valid", details);
  }

  static GraphError emptyParameter(int position) {
    return new GraphError(
        400,
        131008,
        "(#131008) Required parameter is missing",
        "body: parameter " + position + " has no text");
  }

  static GraphError unknownTemplate(String name, String language) {
    return new GraphError(
        404,
        132001,
        "(#132001) Template name does not exist in the translation",
        "template name (" + name + ") does not exist in " + language);
  }

  static GraphError wrongCount(int given, int expected) {
    return new GraphError(
        400,
        132000,
        "(#132000) Number of parameters does not match the expected number of params",
        "body: number of localizable_params ("
            + given
            + ") does not match the expected number of params ("
            + expected
            + ")");
  }

  static GraphError wrongFormat(String details) {
    return new GraphError(
        400,
        132012,
        "(#132012) Parameter format does not match format in the created template",
        details);
  }

  static GraphError tooLong(int length) {
    return new GraphError(
        400, 132005, "(#132005) Translated text too long", "body: " + length + " characters");
  }

  static GraphError rateLimit() {
    return new GraphError(
        429, 130429, "(#130429) Rate limit hit", "Cloud API message throughput has been reached.");
  }

  /** The error with this code, under the status the provider documents for it. */
  static GraphError coded(int code) {
    return switch (code) {
      case 1 -> new GraphError(500, 1, "An unknown error has occurred.", "");
      case 190 -> badToken();
      case 130429 -> rateLimit();
      default -> new GraphError(statusOf(code), code, "(#" + code + ") Simulated error", "");
    };
  }

  /** The answer that carries it. */
  Answer answer(String trace) {
    JsonObject error =
        new JsonObject().put("message", message).put("type", "OAuthException").put("code", code);
    if (!details.isEmpty()) {
      error.put(
          "error_data",
          new JsonObject().put("messaging_product", "whatsapp").put("details", details));
    }
    error.put("fbtrace_id", trace);
    return Answer.json(status, new JsonObject().put("error", error).encode());
  }

  private static int statusOf(int code) {
    if (code >= 200 && code <= 299) {
      return 403;
    }
    return switch (code) {
      case 0, 190 -> 401;
      case 3, 10, 368, 131005, 131031 -> 403;
      case 132001 -> 404;
      case 4, 80007, 130429, 131048, 131056 -> 429;
      case 1, 131000, 131016 -> 500;
      case 2, 131057, 133004 -> 503;
      default -> 400;
    };
  }
}
