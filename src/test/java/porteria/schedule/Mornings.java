package porteria.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import porteria.domain.Role;
import porteria.testkit.RunningServer;
import porteria.testkit.TestSchool;

/** School days of a server whose clock only goes forward: each morning is of a day of its own. */
final class Mornings {

  static final ZoneId SANTIAGO = ZoneId.of("America/Santiago");

  private final RunningServer server;
  private final LocalDate day;

  private Mornings(RunningServer server, LocalDate day) {
    this.server = server;
    this.day = day;
  }

  /** Half past seven in Santiago of a day that is later than any before. */
  static Mornings next(RunningServer server) {
    Mornings mornings =
        new Mornings(server, LocalDate.ofInstant(server.now(), SANTIAGO).plusDays(1));
    mornings.moveTo("07:30");
    return mornings;
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

  /** Both kiosks say that they have nothing left to send. */
  static void allGatesReport(TestSchool school) {
    school.north().report(0);
    school.south().report(0);
  }

  /** What families were told on a phone about a pupil who is missing, or is not after all. */
  static List<String> alarms(RunningServer server, String phone) {
    return server.told(phone).stream().filter(text -> !text.contains("entró")).toList();
  }

  static int held(RunningServer server, TestSchool school) {
    return server.get("/attendance/alarms", school.login(Role.INSPECTOR)).json().getInteger("held");
  }
}
