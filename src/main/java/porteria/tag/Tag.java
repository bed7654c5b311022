package porteria.tag;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import porteria.domain.ScanSource;

/**
 * A card that is or was in use.
 *
 * @param kind sticker or printed QR
 * @param preview the first six characters of its token; older cards have none
 * @param uid serial number of a sticker's chip
 */
public record Tag(
    UUID id,
    UUID studentId,
    ScanSource kind,
    Optional<String> preview,
    Optional<String> uid,
    Instant createdAt,
    Optional<Instant> revokedAt) {}
