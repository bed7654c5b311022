package porteria.embedded.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The send call of the WhatsApp Cloud API. */
final class WhatsAppApi implements ProviderErrors {
  private final SimulatorOptions options;
  private final TemplateCatalogue templates;
  private final Faults faults;
  private final FaultPlayer player;
  private final MessageIds ids;
  private final SendRate rate;
  private final Consumer<WhatsAppMessage> accepted;

  /**
   * @param accepted told of every message taken, before the answer leaves
   */
  WhatsAppApi(
      SimulatorOptions options,
      TemplateCatalogue templates,
      Faults faults,
      FaultPlayer player,
      MessageIds ids,
      Consumer<WhatsAppMessage> accepted) {
    this.options = options;
    this.templates = templates;
    this.faults = faults;
    this.player = player;
    this.ids = ids;
    this.rate = new SendRate(options.clock(), options.messagesPerSecond());
    this.accepted = accepted;
  }

  /** {@code POST /{version}/{phone-number-id}/messages}. */
  void send(RoutingContext routing) {
    String bearer = "Bearer " + options.whatsappToken();
    if (!bearer.equals(routing.request().getHeader("authorization"))) {
      refuse(GraphError.badToken()).send(routing.response());
      return;
    }
    String phoneNumberId = Objects.requireNonNullElse(routing.pathParam("phone"), "");
    if (!options.phoneNumberId().equals(phoneNumberId)) {
      refuse(GraphError.unknownPhoneNumber(phoneNumberId)).send(routing.response());
      return;
    }
    Node call = Node.parse(routing.body().buffer());
    String to = Recipient.key(call.get("to").words());
    player.answer(routing.request(), faults.strike(Channel.WHATSAPP, to), this, () -> serve(call));
  }

  @Override
  public Answer outage() {
    return refuse(GraphError.coded(1));
  }

  @Override
  public Answer throttled(OptionalLong retryAfterMs) {
    Answer answer = refuse(GraphError.rateLimit());
    return retryAfterMs.isPresent()
        ? answer.with("retry-after", ProviderErrors.seconds(retryAfterMs.getAsLong()))
        : answer;
  }

  @Override
  public Answer coded(String code) {
    return code.chars().allMatch(Character::isDigit)
        ? refuse(GraphError.coded(Integer.parseInt(code)))
        : outage();
  }

  private Answer serve(Node call) {
    return switch (WhatsAppCall.read(call, templates)) {
      case WhatsAppCall.Refused refused -> refuse(refused.error());
      case WhatsAppCall.Valid valid ->
          rate.take() ? accept(call.get("to").words(), valid) : refuse(GraphError.rateLimit());
    };
  }

  private Answer accept(String input, WhatsAppCall.Valid call) {
    WhatsAppMessage message =
        new WhatsAppMessage(
            ids.wamid(),
            call.to(),
            call.notification(),
            options.clock().millis(),
            call.template(),
            call.params());
    accepted.accept(message);
    JsonObject contact = new JsonObject().put("input", input).put("wa_id", message.to());
    JsonObject sent = new JsonObject().put("id", message.id()).put("message_status", "accepted");
    return Answer.json(
        200,
        new JsonObject()
            .put("messaging_product", "whatsapp")
            .put("contacts", new JsonArray().add(contact))
            .put("messages", new JsonArray().add(sent))
            .encode());
  }

  private Answer refuse(GraphError error) {
    return error.answer(ids.trace());
  }
}
