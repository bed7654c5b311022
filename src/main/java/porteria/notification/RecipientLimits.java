package porteria.notification;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import porteria.bus.BroadcastPreview.Quota;
import porteria.config.WhatsAppSettings;
import porteria.domain.FailureClass;
import porteria.domain.MessageKey;
import porteria.limits.RateBuckets;

/**
 * What WhatsApp allows per recipient: one message every 6 s to the same one, 45 at once after a
 * pause; and so many different recipients within 24 hours, by an account, of which broadcasts may
 * not take all: who was told of an excursion in the evening must not be why others are not told in
 * the morning that their child is missing. Counted in Redis, where numbers stand as digests; while
 * it does not answer nobody is held back, and the provider judges.
 */
final class RecipientLimits implements RecipientAdmission, DailyPeople {

  private static final int PAIR_MILLIS = 6_000;
  private static final int PAIR_BURST = 45;
  private static final long BURST_MILLIS = (long) PAIR_BURST * PAIR_MILLIS;
  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  /** Addresses that are looked up at once. */
  private static final int LOOKED_UP = 1_000;

  /** For people beyond the day's allowance. */
  private static final long BEYOND = -1;

  /**
   * KEYS: by digest, when each recipient may be written to as often as at first: the time of the
   * last message, and as much later as messages came together. ARGV: now, a day, milliseconds a
   * message, burst, then for each its digest and how many recipients a day it may be one of. Who
   * was written to almost a day ago takes a place already and needs one still. Answers for each 0
   * (counted: send), the milliseconds to wait, or -1 (beyond the allowance).
   */
  private static final String ADMIT =
      """
      local now, day, each = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
      local burst = ARGV[4] * each
      redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - day)
      local people = redis.call('ZCARD', KEYS[1])
      local digests = {}
      for i = 5, #ARGV, 2 do table.insert(digests, ARGV[i]) end
      local scores = redis.call('ZMSCORE', KEYS[1], unpack(digests))
      local full, told, answers = {}, {}, {}
      for i, digest in ipairs(digests) do
        local known = full[digest] or scores[i] and tonumber(scores[i])
        local within = known and known - burst > now - day
        local next = math.max(known or now, now) + each
        if next > now + burst then
          answers[i] = math.ceil(next - now - burst)
        elseif not within and people >= tonumber(ARGV[2 * i + 4]) then
          answers[i] = -1
        else
          if not known then people = people + 1 end
          full[digest], answers[i] = next, 0
          table.insert(told, next)
          table.insert(told, digest)
        end
      end
      if #told > 0 then redis.call('ZADD', KEYS[1], unpack(told)) end
      redis.call('PEXPIRE', KEYS[1], day + burst)
      return answers
      """;

  private final RateBuckets redis;
  private final MessageKey digests;
  private final InstantSource clock;
  private final String users;
  private final int dailyUsers;
  private final int forBroadcasts;

  /**
   * @param account that is written from
   */
  RecipientLimits(
      RateBuckets redis, MessageKey digests, InstantSource clock, WhatsAppSettings account) {
    this.redis = redis;
    this.digests = digests;
    this.clock = clock;
    this.users = "porteria:users:" + account.phoneNumberId();
    this.dailyUsers = account.dailyUsers();
    this.forBroadcasts = account.dailyUsersForBroadcasts();
  }

  @Override
  public Future<List<Optional<SendOutcome.Failed>>> admit(List<ClaimedMessage> messages) {
    if (messages.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    Request command =
        Request.cmd(Command.EVAL)
            .arg(ADMIT)
            .arg(1)
            .arg(users)
            .arg(clock.millis())
            .arg(DAY_MILLIS)
            .arg(PAIR_MILLIS)
            .arg(PAIR_BURST);
    messages.forEach(
        each ->
            command
                .arg(digest(each.address()))
                .arg(each.isBroadcast() ? forBroadcasts : dailyUsers));
    return redis
        .ask(command)
        .map(RecipientLimits::read)
        .otherwise(silent -> RecipientAdmission.all(messages));
  }

  /**
   * What a broadcast to these addresses would meet.
   *
   * @param promised to whom others are about to go, whose places are not free any more
   * @return without what is left and what is needed while Redis does not answer
   */
  Future<Quota> quota(List<String> addresses, List<String> promised) {
    Set<String> own = Set.copyOf(addresses);
    List<String> others =
        promised.stream().distinct().filter(address -> !own.contains(address)).toList();
    return counted()
        .compose(
            people ->
                strangers(others)
                    .compose(
                        taken -> strangers(addresses).map(needed -> quota(people, taken, needed))))
        .otherwise(
            silent -> new Quota(dailyUsers, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  private Future<Integer> strangers(List<String> addresses) {
    return known(addresses, 0).map(known -> Collections.frequency(known, false));
  }

  private Quota quota(int people, int taken, int needed) {
    return new Quota(
        dailyUsers,
        Optional.of(Math.max(0, dailyUsers - people)),
        Optional.of(Math.max(0, forBroadcasts - people - taken)),
        Optional.of(needed));
  }

  @Override
  public Future<Integer> placesForBroadcasts() {
    return counted().map(people -> Math.max(0, forBroadcasts - people)).otherwise(0);
  }

  @Override
  public Future<List<Boolean>> known(List<String> addresses) {
    return known(addresses, 0).otherwise(silent -> Collections.nCopies(addresses.size(), false));
  }

  private Future<Integer> counted() {
    return redis
        .ask(Request.cmd(Command.ZCOUNT).arg(users).arg("(" + dayAgo()).arg("+inf"))
        .map(count -> Objects.requireNonNull(Objects.requireNonNull(count).toInteger()));
  }

  /** Whether these, from one on, were written to within the day; some at a time. */
  private Future<List<Boolean>> known(List<String> addresses, int from) {
    if (from >= addresses.size()) {
      return Future.succeededFuture(List.of());
    }
    int to = Math.min(addresses.size(), from + LOOKED_UP);
    Request command = Request.cmd(Command.ZMSCORE).arg(users);
    addresses.subList(from, to).forEach(address -> command.arg(digest(address)));
    return redis
        .ask(command)
        .map(scores -> lately(Objects.requireNonNull(scores)))
        .compose(
            some ->
                known(addresses, to)
                    .map(more -> Stream.concat(some.stream(), more.stream()).toList()));
  }

  private List<Boolean> lately(Response scores) {
    long since = dayAgo();
    List<Boolean> known = new ArrayList<>(scores.size());
    for (Response score : scores) {
      known.add(score != null && Objects.requireNonNull(score.toDouble()) - BURST_MILLIS > since);
    }
    return known;
  }

  private long dayAgo() {
    return clock.millis() - DAY_MILLIS;
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
