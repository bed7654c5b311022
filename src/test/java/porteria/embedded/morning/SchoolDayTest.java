package porteria.embedded.morning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a day is drawn and judged; that the server passes it is what {@code make day} shows. */
class SchoolDayTest {
  private static final Obligation.Address PHONE = Obligation.Address.phone("+56 9 1234");
  private static final Obligation.Address MAILBOX = Obligation.Address.mailbox("ana@casa.example");
  private static final Demo.School SCHOOL = SmallSchool.of(400);
  private static final Map<String, DayScript.Hours> HOURS =
      Map.of(
          "c0", hours(8, 0),
          "c1", hours(8, 0),
          "c2", hours(8, 0),
          "c3", hours(8, 15));

  private static DayScript.Hours hours(int hour, int minute) {
    return new DayScript.Hours(LocalTime.of(hour, minute), LocalTime.of(15, 30));
  }

  private static Owed owed(MessageKind kind, String pair, String... times) {
    return new Owed(
        PHONE,
        "p1",
        "Ana Soto",
        kind,
        Set.of(times),
        Optional.of(pair).filter(name -> !name.isEmpty()));
  }

  private static Told told(MessageKind kind, String name, String time) {
    return new Told(
        "m", PHONE, kind.template(), List.of(name, time, "Puerta Sur"), "", Instant.EPOCH);
  }

  private static Told mail(String text) {
    return new Told("m", MAILBOX, "", List.of(), text, Instant.EPOCH);
  }

  @Test
  void what_is_owed_and_told_once_agrees() {
    DayJudgement judgement =
        DayJudgement.of(
            List.of(
                owed(MessageKind.NO_INGRESO, "", "08:15"),
                owed(MessageKind.INGRESO_OK, "", "08:20", "08:21")),
            List.of(
                told(MessageKind.NO_INGRESO, "Ana Soto", "08:15"),
                told(MessageKind.INGRESO_OK, "Ana Soto", "08:21")));
    assertThat(judgement.isGood()).isTrue();
    assertThat(judgement.told()).isEqualTo(2);
    assertThat(judgement.line(MessageKind.NO_INGRESO).expected()).isEqualTo(1);
    assertThat(judgement.pupilsTold(MessageKind.NO_INGRESO)).containsExactly("p1");
  }

  @Test
  void another_kind_name_or_time_is_missing_and_unexpected() {
    for (Told wrong :
        List.of(
            told(MessageKind.NO_INGRESO_SIN_CONEXION, "Ana Soto", "08:15"),
            told(MessageKind.NO_INGRESO, "Eva Soto", "08:15"),
            told(MessageKind.NO_INGRESO, "Ana Soto", "08:30"))) {
      DayJudgement judgement =
          DayJudgement.of(List.of(owed(MessageKind.NO_INGRESO, "", "08:15")), List.of(wrong));
      assertThat(judgement.isGood()).isFalse();
      assertThat(judgement.missing()).hasSize(1);
      assertThat(judgement.line(MessageKind.of(wrong)).unexpected()).containsExactly(wrong);
    }
  }

  @Test
  void the_same_message_again_is_one_too_many() {
    Told alarm = told(MessageKind.NO_INGRESO, "Ana Soto", "08:15");
    DayJudgement judgement =
        DayJudgement.of(List.of(owed(MessageKind.NO_INGRESO, "", "08:15")), List.of(alarm, alarm));
    assertThat(judgement.line(MessageKind.NO_INGRESO).twice()).containsExactly(alarm);
    assertThat(judgement.isGood()).isFalse();
  }

  @Test
  void a_message_of_no_known_kind_is_unexpected() {
    Told strange = new Told("m", PHONE, "promo", List.of(), "", Instant.EPOCH);
    assertThat(DayJudgement.of(List.of(), List.of(strange)).isGood()).isFalse();
  }

  @Test
  void an_alarm_and_its_correction_agree_when_both_or_neither_was_told() {
    List<Owed> pair =
        List.of(
            owed(MessageKind.NO_INGRESO, "alarm", "08:15"),
            owed(MessageKind.LLEGADA_TRAS_AVISO, "alarm", "08:57"));
    Told alarm = told(MessageKind.NO_INGRESO, "Ana Soto", "08:15");
    Told correction = told(MessageKind.LLEGADA_TRAS_AVISO, "Ana Soto", "08:57");

    assertThat(DayJudgement.of(pair, List.of(alarm, correction)).isGood()).isTrue();
    DayJudgement neither = DayJudgement.of(pair, List.of());
    assertThat(neither.isGood()).isTrue();
    assertThat(neither.withdrawn()).isEqualTo(2);
    assertThat(DayJudgement.of(pair, List.of(alarm)).missing())
        .extracting(Owed::kind)
        .containsExactly(MessageKind.LLEGADA_TRAS_AVISO);
    assertThat(DayJudgement.of(pair, List.of(correction)).missing())
        .extracting(Owed::kind)
        .containsExactly(MessageKind.NO_INGRESO);
  }

  @Test
  void mails_are_known_by_their_words() {
    assertThat(
            List.of(
                mail("Ana entró al colegio a las 08:00 por Puerta Sur."),
                mail("Ana salió del colegio a las 15:30 por Puerta Sur."),
                mail(
                    "Ana no registra ingreso a las 08:15 (entrada 08:00).\nSi ya sabes el motivo, avisa"),
                mail("Ana no registra ingreso a las 08:15.\nUna de las puertas está sin conexión;"),
                mail("Corrección: Ana sí pasó por Puerta Sur a las 08:57."),
                mail("Corrección: el ingreso de Ana a las 8:00 por Sur fue registrado por error."),
                mail("Corrección: la salida de Ana a las 8:00 por Sur fue registrada por error."),
                mail("Otra cosa.")))
        .extracting(MessageKind::of)
        .containsExactly(
            MessageKind.INGRESO_OK,
            MessageKind.SALIDA_OK,
            MessageKind.NO_INGRESO,
            MessageKind.NO_INGRESO_SIN_CONEXION,
            MessageKind.LLEGADA_TRAS_AVISO,
            MessageKind.INGRESO_ANULADO,
            MessageKind.SALIDA_ANULADA,
            MessageKind.OTHER);
  }

  @Test
  void the_report_names_what_is_wrong_by_ids_alone() {
    DayJudgement judgement =
        DayJudgement.of(List.of(owed(MessageKind.NO_INGRESO, "", "08:15")), List.of());
    StaffView held = StaffView.held(new JsonObject(), "GATE-2", 7);
    DayReport report = new DayReport(judgement, List.of(held), 0, List.of());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    report.print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    assertThat(report.isGood()).isFalse();
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("missing: WHATSAPP no_ingreso of pupil p1 at 08:15")
        .contains("should be 7 for GATE-2 SILENT and was 0 for")
        .doesNotContain("Ana");
  }

  @Test
  void staff_have_to_see_the_dark_gate_and_who_came_after_all() {
    JsonObject alarms =
        new JsonObject(
            """
            {"held": 7, "gates": [{"gate_id": "GATE-2", "reason": "SILENT"}]}
            """);
    assertThat(StaffView.held(alarms, "GATE-2", 7).isGood()).isTrue();
    assertThat(StaffView.held(alarms, "GATE-1", 7).isGood()).isFalse();
    assertThat(StaffView.held(alarms, "GATE-2", 8).isGood()).isFalse();
    JsonObject page =
        new JsonObject(
            """
            {"items": [{"kind": "ALARMED_THEN_ARRIVED", "student": {"id": "p1"}},
                       {"kind": "ALARMED_THEN_EXCUSED", "student": {"id": "p2"}}]}
            """);
    assertThat(StaffView.lateAfterAlarm(page, Set.of("p1")).isGood()).isTrue();
    assertThat(StaffView.lateAfterAlarm(page, Set.of("p1", "p3")).isGood()).isFalse();
    assertThat(StaffView.lateAfterAlarm(page, Set.of()).isGood()).isFalse();
  }

  @Test
  void a_seed_draws_the_same_day_again_and_every_part_is_played() {
    DayScript script = DayScript.write(3, SCHOOL, HOURS);
    assertThat(DayScript.write(3, SCHOOL, HOURS)).isEqualTo(script);
    assertThat(DayScript.write(4, SCHOOL, HOURS)).isNotEqualTo(script);
    assertThat(script.closedCourses()).hasSize(1).doesNotContain(script.movedCourse());
    assertThat(script.visits())
        .hasSize(300)
        .noneMatch(visit -> script.closedCourses().contains(visit.pupil().courseId()));
    assertThat(parts(script)).containsOnlyKeys(DayScript.Part.values());
    assertThat(script.mistaken().part()).isEqualTo(DayScript.Part.COMES);
    assertThat(script.firstCutOff()).isEqualTo("08:15");
    assertThat(script.visits())
        .flatExtracting(visit -> visit.in().stream().toList())
        .anyMatch(
            entry ->
                entry.kiosk() == DayScript.DARK_KIOSK && entry.at().isAfter(DayScript.DARK_FROM));
  }

  @Test
  void who_comes_comes_before_the_cut_off_and_who_was_alarmed_well_after_it() {
    for (DayScript.Visit visit : DayScript.write(5, SCHOOL, HOURS).visits()) {
      switch (visit.part()) {
        case COMES ->
            assertThat(visit.in().orElseThrow().at()).isBefore(visit.cutOff().minusMinutes(5));
        case COMES_AFTER_ALARM ->
            assertThat(visit.in().orElseThrow().at()).isAfterOrEqualTo(LocalTime.of(8, 55));
        case STAYS_AWAY, EXCUSED -> assertThat(visit.out()).isEmpty();
      }
    }
  }

  @Test
  void one_course_begins_at_ten_and_one_of_it_stays_away() {
    DayScript script = DayScript.write(6, SCHOOL, HOURS);
    List<DayScript.Visit> moved =
        script.visits().stream()
            .filter(visit -> visit.pupil().courseId().equals(script.movedCourse()))
            .toList();
    assertThat(moved).hasSize(100).allMatch(visit -> visit.cutOff().equals(LocalTime.of(10, 15)));
    assertThat(moved).filteredOn(visit -> visit.in().isEmpty()).hasSize(1);
  }

  @Test
  void only_a_folder_that_a_demonstration_left_is_emptied(@TempDir Path folder) throws IOException {
    Path own = folder.resolve("data-day");
    assertThat(OwnFolder.fresh(own)).isEmptyDirectory();
    Files.createDirectories(own.resolve("postgres"));
    Files.writeString(own.resolve("postgres/x"), "x");
    assertThatThrownBy(() -> OwnFolder.fresh(own))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("it is left alone");
    Files.writeString(own.resolve("demo.json"), "{}");
    assertThat(OwnFolder.fresh(own)).isEmptyDirectory();
  }

  private static Map<DayScript.Part, List<DayScript.Visit>> parts(DayScript script) {
    return script.visits().stream()
        .collect(
            Collectors.groupingBy(
                DayScript.Visit::part,
                Collectors.mapping(Function.identity(), Collectors.toList())));
  }
}
