package porteria.embedded.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sesv2.model.SendingPausedException;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;
import software.amazon.awssdk.services.sesv2.model.TooManyRequestsException;

/** Every call here is made by the AWS SDK itself. */
class SesApiTest {
  private RunningSimulator running;
  private SesV2Client ses;

  @BeforeEach
  void start() {
    running = new RunningSimulator();
    ses = running.ses(RunningSimulator.ACCESS_KEY);
  }

  @AfterEach
  void stop() {
    ses.close();
    running.close();
  }

  @Test
  void anAcceptedMailIsAnsweredLikeTheProviderAndKeptWhole() {
    String id = ses.sendEmail(Mails.to("Ana.Mama@Correo.cl", "n-1")).messageId();

    JsonObject mail = running.messages("?to=ana.mama@correo.cl").getFirst();
    assertThat(mail.getString("id")).isEqualTo(id);
    assertThat(mail.getString("channel")).isEqualTo("EMAIL");
    assertThat(mail.getString("to")).isEqualTo("ana.mama@correo.cl");
    assertThat(mail.getString("notification")).isEqualTo("n-1");
    assertThat(mail.getString("subject")).isEqualTo("Ana entró al colegio");
    assertThat(mail.getString("text")).isEqualTo("Ana entró a las 07:52.");
    assertThat(mail.getString("html")).isEqualTo("<p>Ana entró a las <b>07:52</b>.</p>");
    assertThat(mail.getJsonArray("headers").getJsonObject(0).getString("name"))
        .isEqualTo("List-Unsubscribe");
  }

  @Test
  void aMailOfHtmlAloneIsReadableAsText() {
    ses.sendEmail(
        Mails.to("a@b.cl", "n")
            .copy(
                mail ->
                    mail.content(
                        content ->
                            content.simple(
                                simple ->
                                    simple
                                        .subject(subject -> subject.data("Hola"))
                                        .body(
                                            body ->
                                                body.html(
                                                    html ->
                                                        html.data(
                                                            "<style>p{}</style><p>Ana &amp; Luis"
                                                                + "</p><a href='https://c.cl/x'>"
                                                                + "Ver</a>")))))));

    assertThat(running.messages("").getFirst().getString("text"))
        .isEqualTo("Ana & Luis\nVer (https://c.cl/x)");
  }

  @Test
  void aForeignOrMissingAccessKeyIsForbidden() {
    try (SesV2Client stranger = running.ses("AKIASOMEBODYELSE")) {
      SesV2Exception refused =
          catchThrowableOfType(
              SesV2Exception.class, () -> stranger.sendEmail(Mails.to("a@b.cl", "n")));
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("UnrecognizedClientException");
    }
    assertThat(running.call(HttpMethod.POST, "/v2/email/outbound-emails").statusCode())
        .isEqualTo(403);
  }

  @Test
  void aSenderThatWasNotVerifiedIsRejected() {
    assertThatExceptionOfType(MessageRejectedException.class)
        .isThrownBy(
            () ->
                ses.sendEmail(
                    Mails.to("a@b.cl", "n").copy(mail -> mail.fromEmailAddress("otro@colegio.cl"))))
        .withMessageContaining("not verified");
  }

  static Stream<Arguments> flaws() {
    SendEmailRequest good = Mails.to("a@b.cl", "n");
    return Stream.of(
        Arguments.of("no recipient", good.copy(mail -> mail.destination(to -> {}))),
        Arguments.of("address without domain", Mails.to("ana", "n")),
        Arguments.of("address with a line break", Mails.to("a@b.cl\r\nBcc: x@y.cl", "n")),
        Arguments.of("sender without domain", good.copy(mail -> mail.fromEmailAddress("ana"))),
        Arguments.of("subject with a line break", Mails.withSubject("Hola\nBcc: x@y.cl")),
        Arguments.of("no subject", Mails.withSubject("")),
        Arguments.of("header value with CR LF", Mails.withHeader("List-Id", "a\r\nBcc: x@y.cl")),
        Arguments.of("header name with LF", Mails.withHeader("List-Id\nBcc", "x@y.cl")),
        Arguments.of("tag with a space", Mails.to("a@b.cl", "n 1")),
        Arguments.of(
            "a template of SES's own",
            good.copy(mail -> mail.content(c -> c.template(t -> t.templateName("x"))))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("flaws")
  void aFlawedMailIsABadRequestAndNothingIsKept(String name, SendEmailRequest flawed) {
    assertThatExceptionOfType(BadRequestException.class)
        .as(name)
        .isThrownBy(() -> ses.sendEmail(flawed))
        .satisfies(refused -> assertThat(refused.statusCode()).isEqualTo(400));
    assertThat(running.messages("")).isEmpty();
  }

  @Test
  void faultsSpeakTheSdksLanguage() {
    running.putFaults(
        """
        [{"channel":"EMAIL","mode":"500","times":1},
         {"channel":"EMAIL","mode":"429","times":1},
         {"channel":"EMAIL","mode":"code","code":"SendingPausedException","times":1},
         {"channel":"EMAIL","mode":"code","code":503,"times":1}]
        """);

    assertThat(refusal().statusCode()).isEqualTo(500);
    SesV2Exception throttled = refusal();
    assertThat(throttled).isInstanceOf(TooManyRequestsException.class);
    assertThat(throttled.isThrottlingException()).isTrue();
    assertThat(refusal()).isInstanceOf(SendingPausedException.class);
    assertThat(refusal().statusCode()).isEqualTo(503);
    assertThat(running.messages("")).isEmpty();
    assertThat(ses.sendEmail(Mails.to("a@b.cl", "n")).messageId()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("lostAnswers")
  void anAnswerThatIsLostLeavesTheSenderInDoubtAndTheMailDelivered(String fault) {
    running.putFaults(fault);

    try (SesV2Client impatient = running.ses(RunningSimulator.ACCESS_KEY, Duration.ofSeconds(2))) {
      assertThatExceptionOfType(SdkClientException.class)
          .isThrownBy(() -> impatient.sendEmail(Mails.to("a@b.cl", "n-9")));
    }

    assertThat(running.messages("?notification=n-9")).hasSize(1);
  }

  static Stream<String> lostAnswers() {
    return Stream.of(
        "{\"channel\":\"EMAIL\",\"mode\":\"timeout\"}",
        "{\"channel\":\"EMAIL\",\"mode\":\"drop\"}",
        "{\"channel\":\"EMAIL\",\"mode\":\"garbage\"}");
  }

  private SesV2Exception refusal() {
    return catchThrowableOfType(SesV2Exception.class, () -> ses.sendEmail(Mails.to("a@b.cl", "n")));
  }
}
