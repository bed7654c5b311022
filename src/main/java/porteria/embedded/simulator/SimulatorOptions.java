package porteria.embedded.simulator;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What a simulator is given at its start. Begin with {@link #local} and change what differs.
 *
 * @param port TCP port on the loopback; 0 takes a free one
 * @param whatsappToken the one bearer token that is let in
 * @param phoneNumberId the one WhatsApp number that may send
 * @param appSecret signs the webhooks
 * @param awsAccessKeyId the one access key that may send mail; the signature is not checked
 * @param sender the one verified mail address, with or without a display name
 * @param messagesPerSecond WhatsApp messages a second, and the burst; at least 1
 * @param templates the approved templates
 * @param webhookBase where {@code /webhooks/whatsapp} is called back; empty calls nobody
 * @param journal a file that keeps the inbox over restarts; empty keeps it in memory alone
 * @param maxMessages messages kept; older ones are dropped; at least 1
 * @param clock tells when messages arrive and refills the rate
 * @param random draws for faults with a rate
 */
public record SimulatorOptions(
    int port,
    String whatsappToken,
    String phoneNumberId,
    String appSecret,
    String awsAccessKeyId,
    String sender,
    int messagesPerSecond,
    List<SimulatedTemplate> templates,
    Optional<URI> webhookBase,
    Optional<Path> journal,
    int maxMessages,
    InstantSource clock,
    RandomGenerator random) {

  /** Messages a second that a WhatsApp number may send before an upgrade. */
  public static final int DEFAULT_MESSAGES_PER_SECOND = 80;

  /** Messages kept unless told otherwise. */
  public static final int DEFAULT_MAX_MESSAGES = 200_000;

  /**
   * @throws IllegalArgumentException when a number is out of its range
   */
  public SimulatorOptions {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be 0 to 65535, not " + port);
    }
    if (messagesPerSecond < 1 || maxMessages < 1) {
      throw new IllegalArgumentException("messagesPerSecond and maxMessages must be at least 1");
    }
    templates = List.copyOf(templates);
  }

  /**
   * A free port, 80 messages a second, 200,000 kept, no webhook, no journal, the system's clock.
   */
  public static SimulatorOptions local(
      String whatsappToken,
      String phoneNumberId,
      String appSecret,
      String awsAccessKeyId,
      String sender,
      List<SimulatedTemplate> templates) {
    return new SimulatorOptions(
        0,
        whatsappToken,
        phoneNumberId,
        appSecret,
        awsAccessKeyId,
        sender,
        DEFAULT_MESSAGES_PER_SECOND,
        templates,
        Optional.empty(),
        Optional.empty(),
        DEFAULT_MAX_MESSAGES,
        InstantSource.system(),
        RandomGenerator.getDefault());
  }

  /** The same on this port. */
  public SimulatorOptions withPort(int port) {
    return new SimulatorOptions(
        port,
        whatsappToken,
        phoneNumberId,
        appSecret,
        awsAccessKeyId,
        sender,
        messagesPerSecond,
        templates,
        webhookBase,
        journal,
        maxMessages,
        clock,
        random);
  }

  /** The same with this WhatsApp rate. */
  public SimulatorOptions withMessagesPerSecond(int messagesPerSecond) {
    return new SimulatorOptions(
        port,
        whatsappToken,
        phoneNumberId,
        appSecret,
        awsAccessKeyId,
        sender,
        messagesPerSecond,
        templates,
        webhookBase,
        journal,
        maxMessages,
        clock,
        random);
  }

  /** The same, calling this server back. */
  public SimulatorOptions withWebhookBase(URI base) {
    return new SimulatorOptions(
        port,
        whatsappToken,
        phoneNumberId,
        appSecret,
        awsAccessKeyId,
        sender,
        messagesPerSecond,
        templates,
        Optional.of(base),
        journal,
        maxMessages,
        clock,
        random);
  }

  /** The same, kept in this file. */
  public SimulatorOptions withJournal(Path file) {
    return new SimulatorOptions(
        port,
        whatsappToken,
        phoneNumberId,
        appSecret,
        awsAccessKeyId,
        sender,
        messagesPerSecond,
        templates,
        webhookBase,
        Optional.of(file),
        maxMessages,
        clock,
        random);
  }

  /** The same, keeping this many messages. */
  public SimulatorOptions withMaxMessages(int maxMessages) {
    return new SimulatorOptions(
        port,
        whatsappToken,
        phoneNumberId,
        appSecret,
        awsAccessKeyId,
        sender,
        messagesPerSecond,
        templates,
        webhookBase,
        journal,
        maxMessages,
        clock,
        random);
  }

  /** The same by this clock. */
  public SimulatorOptions withClock(InstantSource clock) {
    return new SimulatorOptions(
        port,
        whatsappToken,
        phoneNumberId,
        appSecret,
        awsAccessKeyId,
        sender,
        messagesPerSecond,
        templates,
        webhookBase,
        journal,
        maxMessages,
        clock,
        random);
  }

  /** The same with these draws. */
  public SimulatorOptions withRandom(RandomGenerator random) {
    return new SimulatorOptions(
        port,
        whatsappToken,
        phoneNumberId,
        appSecret,
        awsAccessKeyId,
        sender,
        messagesPerSecond,
        templates,
        webhookBase,
        journal,
        maxMessages,
        clock,
        random);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "SimulatorOptions[port="
        + port
        + ", phoneNumberId="
        + phoneNumberId
        + ", sender="
        + sender
        + ", messagesPerSecond="
        + messagesPerSecond
        + ", templates="
        + templates.size()
        + ", webhookBase="
        + webhookBase
        + ", journal="
        + journal
        + ", maxMessages="
        + maxMessages
        + "]";
  }
}
