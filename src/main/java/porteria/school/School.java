package porteria.school;

/**
 * A school as its admins see it.
 *
 * @param slug its short name, in the addresses of its pages; it stays
 * @param photosAllowed whether kiosks may take photos
 * @param usual what holds where the school has no terms of its own
 */
public record School(
    String slug, SchoolSettings settings, boolean photosAllowed, UsualTerms usual) {}
