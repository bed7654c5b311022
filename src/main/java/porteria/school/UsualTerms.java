package porteria.school;

import java.time.Duration;
import porteria.config.Settings;

/**
 * The operator's terms, of schools that have none of their own.
 *
 * @param grace after a course's time of entry its missing pupils are looked for
 * @param repeatWindow within which the same pupil and direction is a double read
 * @param retentionDays after which photos and documents are deleted: no school keeps them longer
 */
public record UsualTerms(Duration grace, Duration repeatWindow, int retentionDays) {

  /** Those of the configuration. */
  public static UsualTerms of(Settings settings) {
    return new UsualTerms(
        settings.noShow().grace(),
        settings.scan().repeatWindow(),
        (int) settings.photo().retention().toDays());
  }
}
