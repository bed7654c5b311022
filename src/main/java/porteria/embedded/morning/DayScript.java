package porteria.embedded.morning;

import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * What every pupil of a school does on one day, drawn from a seed and nothing else. Half of the
 * courses stay at home: whatever their families are told is wrong, and a slow machine keeps up.
 *
 * <pre>
 * 06:40 excuses
 * 07:00   07:50        08:15   08:25 08:30    08:55 09:10   09:30–09:58       12:00      15:30–15:45
 * ├ entries ├─ one gate is dark ─┤                └ late ┘    └ one course ┘    └ an exit   └ exits
 *                       └ alarms held ┘                         begins at 10      by mistake
 * </pre>
 *
 * @param visits of every pupil who has school, those too who stay away
 * @param closedCourses those without school this day
 * @param movedCourse the one that begins at {@link #MOVED_TO} this day
 * @param mistaken the pupil who seems to leave at noon
 */
record DayScript(
    List<Visit> visits, List<String> closedCourses, String movedCourse, Visit mistaken) {

  static final LocalTime BEGIN = LocalTime.of(6, 15);
  static final LocalTime EXCUSES = LocalTime.of(6, 40);
  static final LocalTime EXCEPTION = LocalTime.of(7, 30);
  static final LocalTime MOVED_TO = LocalTime.of(10, 0);
  static final LocalTime DARK_FROM = LocalTime.of(7, 50);
  static final LocalTime DARK_UNTIL = LocalTime.of(8, 25);
  static final LocalTime LONGEST_HOLD = LocalTime.of(8, 35);
  static final LocalTime MISTAKE = LocalTime.NOON;
  static final LocalTime ANNULMENT = LocalTime.of(12, 45);
  static final LocalTime END = LocalTime.of(16, 0);
  static final int DARK_KIOSK = 1;

  private static final Duration GRACE = Duration.ofMinutes(15);
  private static final int LATE_AFTER_ALARM = 9;
  private static final int ABSENT = 12;
  private static final int EXCUSED = 3;
  private static final int LATE = 25;

  /** A course's hours on a usual day. */
  record Hours(LocalTime in, LocalTime out) {}

  /** How a pupil's day begins. */
  enum Part {
    /** In time, or late and before the cut-off. */
    COMES,
    /** So late that the family has been told. */
    COMES_AFTER_ALARM,
    STAYS_AWAY,
    /** Stays away, and the family has asked the school to excuse it. */
    EXCUSED
  }

  /** Through a gate at a time. */
  record Passage(LocalTime at, int kiosk) {}

  /**
   * A pupil's day.
   *
   * @param cutOff when those are looked for who have not come
   * @param in empty when the pupil stays away, as {@code out}
   */
  record Visit(
      Demo.Pupil pupil, Part part, LocalTime cutOff, Optional<Passage> in, Optional<Passage> out) {}

  /**
   * @param hours of each course, by its id
   * @throws IllegalArgumentException when the school is too small, or a course has no hours
   */
  static DayScript write(long seed, Demo.School school, Map<String, Hours> hours) {
    if (school.pupils().size() < 4 * (LATE_AFTER_ALARM + ABSENT + LATE)
        || school.devices().size() <= DARK_KIOSK) {
      throw new IllegalArgumentException("the school has too few pupils or kiosks");
    }
    return new Writer(seed, school, hours).write();
  }

  /** Those whose families ask to excuse them; the last is never answered. */
  List<Demo.Pupil> excused() {
    return visits.stream().filter(visit -> visit.part() == Part.EXCUSED).map(Visit::pupil).toList();
  }

  /** When the first course is looked through. */
  LocalTime firstCutOff() {
    return visits.stream().map(Visit::cutOff).min(LocalTime::compareTo).orElseThrow();
  }

  /** Draws one script. */
  private static final class Writer {
    private final Random random;
    private final Demo.School school;
    private final Map<String, Hours> hours;
    private final String movedCourse;
    private final List<String> closedCourses;

    Writer(long seed, Demo.School school, Map<String, Hours> hours) {
      this.random = new Random(seed);
      this.school = school;
      this.hours = hours;
      LocalTime first =
          hours.values().stream().map(Hours::in).min(LocalTime::compareTo).orElseThrow();
      List<String> courses =
          new ArrayList<>(school.pupils().stream().map(Demo.Pupil::courseId).distinct().toList());
      Collections.shuffle(courses, random);
      this.movedCourse =
          courses.stream()
              .filter(course -> of(course).in().equals(first))
              .findFirst()
              .orElseThrow();
      courses.remove(movedCourse);
      this.closedCourses = List.copyOf(courses.subList(0, courses.size() / 2));
    }

    DayScript write() {
      List<Demo.Pupil> pupils = new ArrayList<>(school.pupils());
      pupils.removeIf(pupil -> closedCourses.contains(pupil.courseId()));
      Collections.shuffle(pupils, random);
      List<Visit> visits = new ArrayList<>();
      int moved = 0;
      int usual = 0;
      for (Demo.Pupil pupil : pupils) {
        visits.add(
            pupil.courseId().equals(movedCourse) ? moved(pupil, moved++) : usual(pupil, usual++));
      }
      Visit mistaken =
          visits.reversed().stream()
              .filter(visit -> visit.part() == Part.COMES)
              .findFirst()
              .orElseThrow();
      return new DayScript(List.copyOf(visits), closedCourses, movedCourse, mistaken);
    }

    private Visit moved(Demo.Pupil pupil, int number) {
      LocalTime out = of(movedCourse).out();
      return number == 0
          ? away(pupil, Part.STAYS_AWAY, MOVED_TO)
          : visit(pupil, Part.COMES, MOVED_TO, MOVED_TO.minusSeconds(between(2, 30)), out);
    }

    private Visit usual(Demo.Pupil pupil, int number) {
      Hours usual = of(pupil.courseId());
      if (number < LATE_AFTER_ALARM) {
        LocalTime at = LocalTime.of(8, 55).plusSeconds(between(0, 15));
        return visit(pupil, Part.COMES_AFTER_ALARM, usual.in(), at, usual.out());
      }
      if (number < LATE_AFTER_ALARM + ABSENT) {
        return away(pupil, Part.STAYS_AWAY, usual.in());
      }
      if (number < LATE_AFTER_ALARM + ABSENT + EXCUSED) {
        return away(pupil, Part.EXCUSED, usual.in());
      }
      LocalTime at =
          number < LATE_AFTER_ALARM + ABSENT + EXCUSED + LATE
              ? usual.in().plusSeconds(between(1, 9))
              : usual.in().minusSeconds(rush());
      return visit(pupil, Part.COMES, usual.in(), at, usual.out());
    }

    private static Visit away(Demo.Pupil pupil, Part part, LocalTime in) {
      return new Visit(pupil, part, in.plus(GRACE), Optional.empty(), Optional.empty());
    }

    private Visit visit(Demo.Pupil pupil, Part part, LocalTime in, LocalTime at, LocalTime out) {
      return new Visit(
          pupil,
          part,
          in.plus(GRACE),
          Optional.of(new Passage(at, kiosk())),
          Optional.of(new Passage(out.plusSeconds(between(0, 15)), kiosk())));
    }

    private int kiosk() {
      return random.nextInt(school.devices().size());
    }

    /** Seconds, drawn from minutes. */
    private int between(int from, int until) {
      return 60 * from + random.nextInt(60 * (until - from));
    }

    /** Most come in the half hour before the bell. */
    private int rush() {
      return (int) Math.clamp(60 * (20 + 10 * random.nextGaussian()), 60.0, 55 * 60.0);
    }

    private Hours of(String course) {
      return Optional.ofNullable(hours.get(course))
          .orElseThrow(() -> new IllegalArgumentException("course " + course + " has no hours"));
    }
  }
}
