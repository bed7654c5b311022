/**
 * The cards that pupils carry: NFC stickers, printed QR cards, QRs on a screen. All three stand for
 * the pupil at the gate; {@link porteria.domain.CardTokens} says what is written on them, and only
 * a keyed hash of it is kept.
 *
 * <p>A sticker counts once somebody has confirmed that it was written:
 *
 * <pre>
 *  provision ─▶ open ── confirmed in time ─▶ tag in use ── replaced or revoked ─▶ revoked
 *                │ ├─ a later provision of the pupil ─▶ withdrawn
 *                │ └─ 15 minutes ─▶ expired
 *                └─ the checksum does not fit ─▶ open
 * </pre>
 *
 * <p>A printed card is in use as soon as its PDF exists, and printing it anew revokes it: its token
 * cannot be read back from the hash. Changes to a school's cards are made one after the other,
 * under a lock of the school's, so a pupil never has two of a kind.
 */
@org.jspecify.annotations.NullMarked
package porteria.tag;
