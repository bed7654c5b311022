package porteria.embedded.simulator;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The SendEmail call of Amazon SES v2. */
final class SesApi implements ProviderErrors {
  private static final Pattern CREDENTIAL =
      Pattern.compile("AWS4-HMAC-SHA256 +(?:.*, *)?Credential=([^/,\\s]+)/.*");

  private final SimulatorOptions options;
  private final Faults faults;
  private final FaultPlayer player;
  private final MessageIds ids;
  private final Consumer<MailMessage> accepted;

  /**
   * @param accepted told of every mail taken, before the answer leaves
   */
  SesApi(
      SimulatorOptions options,
      Faults faults,
      FaultPlayer player,
      MessageIds ids,
      Consumer<MailMessage> accepted) {
    this.options = options;
    this.faults = faults;
    this.player = player;
    this.ids = ids;
    this.accepted = accepted;
  }

  /**
   * {@code POST /v2/email/outbound-emails}. The access key must be ours; the signature itself is
   * not checked, for the simulator holds no secret key.
   */
  void send(RoutingContext routing) {
    Optional<SesError> stranger = credentialError(routing.request().getHeader("authorization"));
    if (stranger.isPresent()) {
      stranger.get().answer().send(routing.response());
      return;
    }
    Node call = Node.parse(routing.body().buffer());
    Optional<Fault> fault = faults.strike(Channel.EMAIL, MailCall.recipients(call));
    player.answer(routing.request(), fault, this, () -> serve(call));
  }

  @Override
  public Answer outage() {
    return SesError.outage().answer();
  }

  @Override
  public Answer throttled(OptionalLong retryAfterMs) {
    Answer answer = SesError.throttled().answer();
    return retryAfterMs.isPresent()
        ? answer.with("retry-after", ProviderErrors.seconds(retryAfterMs.getAsLong()))
        : answer;
  }

  @Override
  public Answer coded(String code) {
    return SesError.coded(code).answer();
  }

  private Optional<SesError> credentialError(@Nullable String header) {
    if (header == null) {
      return Optional.of(SesError.unsigned());
    }
    Matcher credential = CREDENTIAL.matcher(header);
    boolean ours = credential.matches() && options.awsAccessKeyId().equals(credential.group(1));
    return ours ? Optional.empty() : Optional.of(SesError.foreignKey());
  }

  private Answer serve(Node call) {
    return switch (MailCall.read(call, options.sender())) {
      case MailCall.Refused refused -> refused.error().answer();
      case MailCall.Valid valid -> accept(valid);
    };
  }

  private Answer accept(MailCall.Valid call) {
    MailMessage message =
        new MailMessage(
            ids.mail(),
            call.to(),
            call.notification(),
            options.clock().millis(),
            call.subject(),
            call.html(),
            call.plain(),
            call.headers());
    accepted.accept(message);
    return Answer.json(200, new JsonObject().put("MessageId", message.id()).encode());
  }
}
