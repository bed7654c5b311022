package porteria.identity;

import java.util.UUID;

/**
 * A guardian of one school in one of their sessions, as a parent token vouches for them. The same
 * person at another school is another guardian, with sessions of their own.
 */
public record ParentSession(UUID schoolId, UUID guardianId, UUID sessionId) {}
