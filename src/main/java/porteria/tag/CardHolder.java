package porteria.tag;

import java.util.UUID;

/**
 * An active pupil and what they can show at a gate.
 *
 * @param printed whether a printed card of theirs is in use
 * @param sticker whether a sticker of theirs is in use
 * @param waiting whether a sticker was prepared that can still be confirmed
 */
public record CardHolder(
    UUID studentId, String name, boolean printed, boolean sticker, boolean waiting) {}
