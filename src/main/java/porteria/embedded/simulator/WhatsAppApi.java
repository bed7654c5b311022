package porteria.embedded.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

/** The send call of the WhatsApp Cloud API. */
final class WhatsAppApi implements ProviderErrors {
  private final SimulatorOptions options;
  private final TemplateCatalogue templates;
  private final Faults faults;
  private final FaultPlayer player;
  private final MessageIds ids;
  private final SendRate rate;
  private final Consumer<WhatsAppMessage> accepted;
  private final ObjIntConsumer<WhatsAppMessage> lost;

  /**
   * @param accepted told of every message taken, before the answer leaves
   * @param lost told of every message taken that will not be brought, and the error's code
   */
  WhatsAppApi(
      SimulatorOptions options,
      TemplateCatalogue templates,
      Faults faults,
      FaultPlayer player,
      MessageIds ids,
      Consumer<WhatsAppMessage> accepted,
      ObjIntConsumer<WhatsAppMessage> lost) {
    this.options = options;
    this.templates = templates;
    this.faults = faults;
    this.player = player;
    this.ids = ids;
    this.rate = new SendRate(options.clock(), options.messagesPerSecond());
    this.accepted = accepted;
    this.lost = lost;
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
    Optional<Fault> fault = faults.strike(Channel.WHATSAPP, to);
    Optional<Fault> later = fault.filter(Fault::failsLater);
    if (later.isPresent()) {
      int code = Integer.parseInt(later.get().code());
      serve(call, message -> lost.accept(message, code)).send(routing.response());
      return;
    }
    player.answer(routing.request(), fault, this, () -> serve(call, accepted));
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

  private Answer serve(Node call, Consumer<WhatsAppMessage> taken) {
    return switch (WhatsAppCall.read(call, templates)) {
      case WhatsAppCall.Refused refused -> refuse(refused.error());
      case WhatsAppCall.Valid valid ->
          rate.take()
              ? accept(call.get("to").words(), valid, taken)
              : refuse(GraphError.rateLimit());
    };
  }

  private Answer accept(String input, WhatsAppCall.Valid call, Consumer<WhatsAppMessage> taken) {
    WhatsAppMessage message =
        new WhatsAppMessage(
            ids.wamid(),
            call.to(),
            call.notification(),
            options.clock().millis(),
            call.template(),
            call.params());
    taken.accept(message);
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
