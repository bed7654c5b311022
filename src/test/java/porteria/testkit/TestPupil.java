package porteria.testkit;

import java.util.UUID;

/** A pupil and what is on the two cards. */
public record TestPupil(UUID id, String fullName, String nfcToken, String qrToken) {}
