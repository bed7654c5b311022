package porteria.embedded.morning;

import java.util.Optional;
import porteria.domain.ScanSource;

/**
 * What is held to the reader.
 *
 * @param holder the pupil it belongs to; empty for a card that must be refused
 * @param expected what the server must say to it
 */
record Card(ScanSource source, String token, Optional<Demo.Pupil> holder, Expected expected) {
  static Card nfc(Demo.Pupil pupil) {
    return new Card(ScanSource.NFC, pupil.nfcToken(), Optional.of(pupil), Expected.RECORDED);
  }

  static Card qr(Demo.Pupil pupil) {
    return new Card(ScanSource.QR, pupil.qrToken(), Optional.of(pupil), Expected.RECORDED);
  }

  /** A token that no school has given out. */
  static Card unknown(String token) {
    return new Card(ScanSource.NFC, token, Optional.empty(), Expected.UNKNOWN_TOKEN);
  }

  /** The card of a pupil of another school. */
  static Card foreign(Demo.Pupil pupil) {
    return new Card(ScanSource.NFC, pupil.nfcToken(), Optional.empty(), Expected.OTHER_SCHOOL);
  }
}
