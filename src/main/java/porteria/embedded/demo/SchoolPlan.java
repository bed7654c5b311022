package porteria.embedded.demo;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * What a demonstration school is like, before anybody has a name.
 *
 * @param seed of everything that is not secret: the same plan makes the same school
 * @param firstPhone its phones are {@code +5690000xxxx} from this number on, a range that no
 *     network assigns
 */
record SchoolPlan(
    String slug,
    String name,
    ZoneId zone,
    long seed,
    List<String> gates,
    List<CoursePlan> courses,
    int pupilsPerCourse,
    int firstPhone) {

  private static final LocalTime EIGHT = LocalTime.of(8, 0);
  private static final LocalTime QUARTER_PAST_EIGHT = LocalTime.of(8, 15);
  private static final LocalTime HALF_PAST_THREE = LocalTime.of(15, 30);
  private static final int YOUNG_GRADES = 2;

  /** A course and its hours. */
  record CoursePlan(String name, String grade, LocalTime inTime, LocalTime outTime) {}

  /** How many pupils it has. */
  int pupils() {
    return courses.size() * pupilsPerCourse;
  }

  /** 600 pupils in 20 courses, three gates, in Chile. */
  static SchoolPlan losAromos() {
    List<CoursePlan> courses = new ArrayList<>();
    for (int year = 1; year <= 8; year++) {
      courses.add(basic(year, "A"));
      courses.add(basic(year, "B"));
    }
    for (int year = 1; year <= 4; year++) {
      String grade = year + ".º Medio";
      courses.add(new CoursePlan(grade + " A", grade, EIGHT, HALF_PAST_THREE));
    }
    return new SchoolPlan(
        "demo",
        "Colegio Los Aromos",
        ZoneId.of("America/Santiago"),
        1_904,
        List.of("Puerta Norte", "Puerta Sur", "Puerta Estacionamiento"),
        courses,
        30,
        1);
  }

  /** 60 pupils in 4 courses, one gate, hours away from the first. */
  static SchoolPlan rioClaro() {
    return new SchoolPlan(
        "other",
        "Escuela Río Claro",
        ZoneId.of("Europe/Madrid"),
        1_927,
        List.of("Puerta Principal"),
        List.of(basic(1, "A"), basic(2, "A"), basic(3, "A"), basic(4, "A")),
        15,
        5_000);
  }

  /** The youngest come a quarter of an hour later than the others. */
  private static CoursePlan basic(int year, String letter) {
    String grade = year + ".º Básico";
    LocalTime inTime = year <= YOUNG_GRADES ? QUARTER_PAST_EIGHT : EIGHT;
    return new CoursePlan(grade + " " + letter, grade, inTime, HALF_PAST_THREE);
  }
}
