package porteria.domain;

/** What the kiosk read: an NFC sticker or a QR code. */
public enum ScanSource {
  NFC,
  QR
}
