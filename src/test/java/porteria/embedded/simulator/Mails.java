package porteria.embedded.simulator;

import software.amazon.awssdk.services.sesv2.model.MessageHeader;
import software.amazon.awssdk.services.sesv2.model.MessageTag;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;

/** Mails as the service sends them. */
final class Mails {
  private Mails() {}

  static SendEmailRequest to(String mailbox, String notification) {
    return mail(
        mailbox, notification, "Ana entró al colegio", "List-Unsubscribe", "<https://c.cl>");
  }

  static SendEmailRequest withSubject(String subject) {
    return mail("a@b.cl", "n", subject, "List-Unsubscribe", "<https://c.cl>");
  }

  static SendEmailRequest withHeader(String name, String value) {
    return mail("a@b.cl", "n", "Hola", name, value);
  }

  private static SendEmailRequest mail(
      String mailbox, String notification, String subject, String header, String value) {
    return SendEmailRequest.builder()
        .fromEmailAddress("Colegio <" + RunningSimulator.SENDER + ">")
        .destination(to -> to.toAddresses(mailbox))
        .emailTags(MessageTag.builder().name("notification").value(notification).build())
        .configurationSetName("porteria")
        .content(
            content ->
                content.simple(
                    simple ->
                        simple
                            .subject(text -> text.data(subject))
                            .body(
                                body ->
                                    body.html(
                                            html ->
                                                html.data("<p>Ana entró a las <b>07:52</b>.</p>"))
                                        .text(text -> text.data("Ana entró a las 07:52.")))
                            .headers(MessageHeader.builder().name(header).value(value).build())))
        .build();
  }
}
