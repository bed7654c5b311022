package porteria.browser;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import porteria.testkit.RunningServer;
import porteria.testkit.TestPupil;
import porteria.testkit.TestSchool;

/** Half past seven at a school of twenty courses, on a day that is later than any before. */
final class BusyMorning {

  private static final ZoneId SANTIAGO = ZoneId.of("America/Santiago");
  private static final List<String> NAMES =
      List.of("Ana", "Beto", "Celia", "Diego", "Elsa", "Fidel", "Gala", "Hugo", "Inés", "José");
  private static final List<String> SURNAMES =
      List.of("Rojas Soto", "Muñoz Díaz", "Pérez Araya", "Contreras Vidal", "Sepúlveda Ríos");
  private static final int COURSES = 20;

  private final RunningServer server;
  private final LocalDate day;
  private final TestSchool school;
  private final List<TestPupil> pupils = new ArrayList<>();

  /**
   * Founds the school.
   *
   * @param ofCourse how many pupils each course has
   */
  BusyMorning(RunningServer server, int ofCourse) {
    this.server = server;
    day = LocalDate.ofInstant(server.now(), SANTIAGO).plusDays(1);
    moveTo("07:30");
    school = server.schoolOfLastYear();
    List<UUID> courses = new ArrayList<>(List.of(school.course()));
    // The first is a 4.º Básico B.
    for (int i = 1; i < COURSES; i++) {
      courses.add(school.course((i + 1) / 2 + ".º Básico " + (i % 2 == 1 ? "A" : "C"), "08:00"));
    }
    for (int i = 0; i < COURSES * ofCourse; i++) {
      String name =
          NAMES.get(i % NAMES.size()) + " " + SURNAMES.get(i / NAMES.size() % SURNAMES.size());
      pupils.add(school.pupil(name + " " + (i + 1), courses.get(i % COURSES)));
    }
  }

  TestSchool school() {
    return school;
  }

  List<TestPupil> pupils() {
    return pupils;
  }

  LocalDate day() {
    return day;
  }

  /** The instant of a time of this day. */
  Instant at(String time) {
    return day.atTime(LocalTime.parse(time)).atZone(SANTIAGO).toInstant();
  }

  void moveTo(String time) {
    server.clock().advance(Duration.between(server.now(), at(time)));
  }

  /** These pupils came in so many days ago, one after the other from this time on. */
  void came(int daysAgo, List<TestPupil> who, String from, Duration apart) {
    Instant first = at(from).minus(Duration.ofDays(daysAgo));
    school
        .north()
        .sendAll(
            IntStream.range(0, who.size())
                .mapToObj(
                    i -> school.north().read(who.get(i), "IN", first.plus(apart.multipliedBy(i))))
                .toList());
  }
}
