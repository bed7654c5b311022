package porteria.scan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Optional;
import java.util.UUID;
import porteria.bus.SubmitScan;
import porteria.domain.CardTokens;
import porteria.domain.Occurrence;
import porteria.domain.RejectionReason;
import porteria.domain.ScanFlag;
import porteria.domain.SchoolDay;

/** Says of a scan all that needs no database. Not safe for use by several threads at once. */
final class ScanJudge {

  private final CardTokens tokens;
  private final Duration skewLimit;
  private final Duration staleAfter;
  private final MessageDigest sha256;

  ScanJudge(CardTokens tokens, Duration skewLimit, Duration staleAfter) {
    this.tokens = tokens;
    this.skewLimit = skewLimit;
    this.staleAfter = staleAfter;
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  ScanRow judge(SubmitScan submitted) {
    SubmitScan scan = atDatabasePrecision(submitted);
    Occurrence occurrence =
        Occurrence.derive(scan.capturedAt(), scan.sentAt(), scan.receivedAt(), skewLimit);
    EnumSet<ScanFlag> flags = EnumSet.noneOf(ScanFlag.class);
    flags.addAll(occurrence.flags());
    if (Duration.between(occurrence.at(), scan.receivedAt()).compareTo(staleAfter) > 0) {
      flags.add(ScanFlag.STALE);
    }
    Optional<CardTokens.Reading.Card> card = Optional.empty();
    Optional<UUID> student = Optional.empty();
    Optional<RejectionReason> refusal = Optional.empty();
    switch (tokens.read(scan.token())) {
      case CardTokens.Reading.Card read -> card = Optional.of(read);
      case CardTokens.Reading.Forged() -> refusal = Optional.of(RejectionReason.BAD_SIGNATURE);
      case CardTokens.Reading.Ephemeral qr -> {
        student = Optional.of(qr.studentId());
        refusal = refusal(qr, scan, occurrence.at());
        if (refusal.isEmpty() && !qr.expiresAt().isAfter(scan.receivedAt())) {
          flags.add(ScanFlag.EXPIRED_LATER);
        }
      }
    }
    return new ScanRow(
        scan,
        fingerprint(scan),
        card,
        student,
        refusal,
        occurrence.at(),
        SchoolDay.at(occurrence.at(), scan.kiosk().zone()).start(),
        ScanFlag.bits(flags));
  }

  /** An offline scan is judged as of its capture: a QR that expired later was good. */
  private static Optional<RejectionReason> refusal(
      CardTokens.Reading.Ephemeral qr, SubmitScan scan, Instant occurredAt) {
    if (!qr.schoolId().equals(scan.kiosk().schoolId())) {
      return Optional.of(RejectionReason.OTHER_SCHOOL);
    }
    return qr.expiresAt().isAfter(occurredAt)
        ? Optional.empty()
        : Optional.of(RejectionReason.EXPIRED_QR);
  }

  /** Everything of the body that a retry repeats; the sending time changes with each try. */
  private long fingerprint(SubmitScan scan) {
    String body =
        scan.source()
            + "\n"
            + scan.type()
            + "\n"
            + scan.gate().id()
            + "\n"
            + scan.capturedAt().map(Instant::toString).orElse("")
            + "\n"
            + scan.token();
    return ByteBuffer.wrap(sha256.digest(body.getBytes(StandardCharsets.UTF_8))).getLong();
  }

  /** PostgreSQL keeps microseconds: cut here, or "not after receipt" could fail by rounding. */
  private static SubmitScan atDatabasePrecision(SubmitScan scan) {
    return new SubmitScan(
        scan.kiosk(),
        scan.gate(),
        scan.localSeq(),
        scan.source(),
        scan.token(),
        scan.type(),
        scan.capturedAt().map(time -> time.truncatedTo(ChronoUnit.MICROS)),
        scan.sentAt().map(time -> time.truncatedTo(ChronoUnit.MICROS)),
        scan.receivedAt().truncatedTo(ChronoUnit.MICROS));
  }
}
