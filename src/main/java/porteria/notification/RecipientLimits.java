package porteria.notification;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import porteria.domain.FailureClass;
import porteria.domain.MessageKey;
import porteria.limits.RateBuckets;

/**
 * What WhatsApp allows per recipient: one message every 6 s to the same one, 45 at once after a
 * pause; and so many different recipients within 24 hours, by an account. Counted in Redis, where
 * numbers stand as digests; while it does not answer nobody is held back, and the provider judges.
 */
final class RecipientLimits implements RecipientAdmission {

  private static final int PAIR_MILLIS = 6_000;
  private static final int PAIR_BURST = 45;
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  /** For people beyond the day's allowance. */
  private static final long BEYOND = -1;

  /**
   * KEYS: when each recipient was written to, by digest; then each recipient's pair bucket. ARGV:
   * now, a day, recipients a day, milliseconds a message, burst, then the digests. Answers for each
   * 0 (counted: send), the milliseconds to wait, or -1 (beyond the allowance).
   */
  private static final String ADMIT =
      """
      local now = tonumber(ARGV[1])
      redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[2])
      local known = redis.call('ZCARD', KEYS[1])
      local answers = {}
      for i = 2, #KEYS do
        local digest = ARGV[i + 4]
        local full = math.max(tonumber(redis.call('GET', KEYS[i]) or '0'), now)
        local wait = full + ARGV[4] - (now + ARGV[5] * ARGV[4])
        local new = not redis.call('ZSCORE', KEYS[1], digest)
        if wait > 0 then
          answers[i - 1] = math.ceil(wait)
        elseif new and known >= tonumber(ARGV[3]) then
          answers[i - 1] = -1
        else
          if new then known = known + 1 end
          redis.call('ZADD', KEYS[1], now, digest)
          redis.call('SET', KEYS[i], full + ARGV[4], 'PX', math.ceil(full + ARGV[4] - now))
          answers[i - 1] = 0
        end
      end
      redis.call('PEXPIRE', KEYS[1], ARGV[2])
      return answers
      """;

  private final RateBuckets redis;
  private final MessageKey digests;
  private final InstantSource clock;
  private final String users;
  private final int dailyUsers;

  /**
   * @param account names the sender at its provider
   */
  RecipientLimits(
      RateBuckets redis, MessageKey digests, InstantSource clock, String account, int dailyUsers) {
    this.redis = redis;
    this.digests = digests;
    this.clock = clock;
    this.users = "porteria:users:" + account;
    this.dailyUsers = dailyUsers;
  }

  @Override
  public Future<List<Optional<SendOutcome.Failed>>> admit(List<ClaimedMessage> messages) {
    if (messages.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    List<String> recipients = messages.stream().map(each -> digest(each.address())).toList();
    Request command = Request.cmd(Command.EVAL).arg(ADMIT).arg(recipients.size() + 1).arg(users);
    recipients.forEach(recipient -> command.arg("porteria:pair:" + recipient));
    command.arg(clock.millis()).arg(DAY_MILLIS).arg(dailyUsers).arg(PAIR_MILLIS).arg(PAIR_BURST);
    recipients.forEach(command::arg);
    return redis
        .ask(command)
        .map(RecipientLimits::read)
        .otherwise(silent -> RecipientAdmission.all(messages));
  }

  /** How many more people may be written to; empty while Redis does not answer. */
  Future<Optional<Integer>> remaining() {
    long since = clock.millis() - DAY_MILLIS;
    return redis
        .ask(Request.cmd(Command.ZCOUNT).arg(users).arg("(" + since).arg("+inf"))
        .map(
            known ->
                Math.max(
                    0,
                    dailyUsers - Objects.requireNonNull(Objects.requireNonNull(known).toInteger())))
        .map(Optional::of)
        .otherwise(silent -> Optional.empty());
  }

  int dailyUsers() {
    return dailyUsers;
  }

  private static List<Optional<SendOutcome.Failed>> read(@Nullable Response answers) {
    return Objects.requireNonNull(answers).stream()
        .map(answer -> refusal(Objects.requireNonNull(answer.toLong())))
        .toList();
  }

  private static Optional<SendOutcome.Failed> refusal(long answer) {
    if (answer == BEYOND) {
      return Optional.of(
          new SendOutcome.Failed(
              FailureClass.USER_CAP,
              "DAILY_USERS",
              "the account may not write to more people today"));
    }
    return answer == 0
        ? Optional.empty()
        : Optional.of(
            new SendOutcome.Failed(
                FailureClass.PAIR_RATE, "PAIR_RATE", "", Optional.of(Duration.ofMillis(answer))));
  }

  private String digest(String address) {
    return HexFormat.of()
        .formatHex(digests.authenticate(address.getBytes(StandardCharsets.UTF_8)), 0, 12);
  }
}
