package porteria.tag;

import java.util.Optional;
import java.util.UUID;

/**
 * What the app that wrote a sticker says.
 *
 * @param checksum of the URI that it read back from the sticker
 * @param uid serial number of the sticker's chip: upper-case hexadecimal digits
 */
public record Confirmation(
    UUID studentId, String preview, Optional<String> checksum, Optional<String> uid) {}
