package porteria.school;

import java.time.ZoneId;
import java.util.List;

/** The names of the IANA time zone database that a school may be in. */
public final class TimeZones {

  /** What {@link #isOne} takes. */
  static final String ALLOWED =
      "allowed is a name of the IANA time zone database, such as America/Santiago";

  private static final String NOT_OF_IANA = "SystemV/";

  private TimeZones() {}

  /** All of them, by name. */
  public static List<String> all() {
    return ZoneId.getAvailableZoneIds().stream().filter(TimeZones::isOne).sorted().toList();
  }

  /** Whether a name is one; offsets and abbreviations, which know no summer time, are none. */
  static boolean isOne(String name) {
    return name.equals("UTC")
        || (name.indexOf('/') > 0
            && !name.startsWith(NOT_OF_IANA)
            && ZoneId.getAvailableZoneIds().contains(name));
  }
}
