package porteria.domain;

/** Why a scan was refused: the closed list shown to kiosks and on the dashboard. */
public enum RejectionReason {
  UNKNOWN_TOKEN,
  REVOKED_TAG,
  EXPIRED_QR,
  BAD_SIGNATURE,
  INACTIVE_STUDENT,
  OTHER_SCHOOL
}
