package porteria.embedded.simulator;

import java.util.List;

/** A template message accepted for a phone. */
record WhatsAppMessage(
    String id,
    String to,
    String notification,
    long receivedAt,
    KnownTemplate template,
    List<String> params)
    implements Message {
  @Override
  public Channel channel() {
    return Channel.WHATSAPP;
  }

  @Override
  public String text() {
    return template.render(params);
  }

  @Override
  public long weight() {
    long weight = 300;
    for (String param : params) {
      weight += 60 + param.length();
    }
    return weight;
  }

  @Override
  public boolean reaches(String recipientKey) {
    return to.equals(recipientKey);
  }
}
