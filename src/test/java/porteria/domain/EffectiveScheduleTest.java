package porteria.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import porteria.domain.EffectiveSchedule.Source;
import porteria.domain.EffectiveSchedule.Sourced;

/** Every combination of what a base schedule and two exceptions may say. */
class EffectiveScheduleTest {

  private static final LocalDate DAY = LocalDate.parse("2026-06-10");
  private static final Duration GRACE = Duration.ofMinutes(15);

  /** One combination; each source has times of its own, so that one shows whose it is. */
  record Said(Optional<Hours> base, Optional<HoursChange> course, Optional<HoursChange> global) {

    EffectiveSchedule effective() {
      return EffectiveSchedule.of(DAY, base, course, global);
    }
  }

  static Stream<Said> everything() {
    List<Said> all = new ArrayList<>();
    for (Optional<Hours> base :
        List.of(Optional.<Hours>empty(), Optional.of(new Hours(at("08:00"), at("15:00"))))) {
      for (Optional<HoursChange> course : changes("08:01", "15:01")) {
        for (Optional<HoursChange> global : changes("08:02", "15:02")) {
          all.add(new Said(base, course, global));
        }
      }
    }
    assertThat(all).hasSize(2 * 5 * 5);
    return all.stream();
  }

  private static List<Optional<HoursChange>> changes(String in, String out) {
    Optional<LocalTime> none = Optional.empty();
    return List.of(
        Optional.empty(),
        Optional.of(new HoursChange(Optional.of(at(in)), none, false)),
        Optional.of(new HoursChange(none, Optional.of(at(out)), false)),
        Optional.of(new HoursChange(Optional.of(at(in)), Optional.of(at(out)), false)),
        Optional.of(new HoursChange(none, none, true)));
  }

  private static LocalTime at(String time) {
    return LocalTime.parse(time);
  }

  @ParameterizedTest
  @MethodSource("everything")
  void the_most_specific_exception_says_whether_the_day_is_closed(Said said) {
    boolean closed =
        said.course().isPresent()
            ? said.course().get().closed()
            : said.global().map(HoursChange::closed).orElse(false);
    EffectiveSchedule effective = said.effective();
    assertThat(effective.closed()).isEqualTo(closed);
    assertThat(effective.closedBy().isPresent()).isEqualTo(closed);
    if (closed) {
      assertThat(effective.inTime()).isEmpty();
      assertThat(effective.outTime()).isEmpty();
      assertThat(effective.expectsPupils()).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("everything")
  void each_time_is_the_first_of_course_global_and_base_that_says_it(Said said) {
    EffectiveSchedule effective = said.effective();
    if (effective.closed()) {
      return;
    }
    assertThat(effective.inTime())
        .isEqualTo(
            sourced(said.course().flatMap(HoursChange::inTime), Source.COURSE_EXCEPTION)
                .or(
                    () ->
                        sourced(
                            said.global().flatMap(HoursChange::inTime), Source.GLOBAL_EXCEPTION))
                .or(() -> sourced(said.base().map(Hours::inTime), Source.BASE)));
    assertThat(effective.outTime())
        .isEqualTo(
            sourced(said.course().flatMap(HoursChange::outTime), Source.COURSE_EXCEPTION)
                .or(
                    () ->
                        sourced(
                            said.global().flatMap(HoursChange::outTime), Source.GLOBAL_EXCEPTION))
                .or(() -> sourced(said.base().map(Hours::outTime), Source.BASE)));
  }

  private static Optional<Sourced> sourced(Optional<LocalTime> time, Source source) {
    return time.map(said -> new Sourced(said, source));
  }

  @ParameterizedTest
  @MethodSource("everything")
  void nobody_is_expected_on_a_weekday_without_usual_hours(Said said) {
    EffectiveSchedule effective = said.effective();
    assertThat(effective.expectsPupils()).isEqualTo(said.base().isPresent() && !effective.closed());
    assertThat(effective.cutOff(ZoneId.of("America/Santiago"), GRACE).isPresent())
        .isEqualTo(effective.expectsPupils());
  }

  @Test
  void entry_after_exit_makes_no_sense_whoever_said_which() {
    Hours base = new Hours(at("08:00"), at("13:00"));
    HoursChange late = new HoursChange(Optional.of(at("13:00")), Optional.empty(), false);
    assertThat(
            EffectiveSchedule.of(DAY, Optional.of(base), Optional.empty(), Optional.of(late))
                .senseless())
        .isTrue();
    assertThat(
            EffectiveSchedule.of(DAY, Optional.of(base), Optional.empty(), Optional.empty())
                .senseless())
        .isFalse();
  }

  /** Sources: the IANA time zone database's rules for these zones. */
  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    // Santiago goes forward at midnight before 6 September 2026: that day has no 00:00 to 00:59.
    "America/Santiago, 2026-09-05, 08:00, 2026-09-05T12:15:00Z",
    "America/Santiago, 2026-09-06, 08:00, 2026-09-06T11:15:00Z",
    "America/Santiago, 2026-09-06, 00:30, 2026-09-06T04:45:00Z",
    // and back at midnight before 4 April 2027: 3 April has 23:00 to 23:59 twice.
    "America/Santiago, 2027-04-03, 08:00, 2027-04-03T11:15:00Z",
    "America/Santiago, 2027-04-03, 23:30, 2027-04-04T02:45:00Z",
    "America/Santiago, 2027-04-04, 08:00, 2027-04-04T12:15:00Z",
    // Madrid skips 02:00 to 02:59 on 29 March 2026 and has them twice on 25 October 2026.
    "Europe/Madrid, 2026-03-29, 09:00, 2026-03-29T07:15:00Z",
    "Europe/Madrid, 2026-03-29, 02:30, 2026-03-29T01:45:00Z",
    "Europe/Madrid, 2026-10-25, 02:30, 2026-10-25T00:45:00Z",
    "Europe/Madrid, 2026-10-25, 09:00, 2026-10-25T08:15:00Z",
    // São Paulo has not changed its clocks since 2019.
    "America/Sao_Paulo, 2026-02-15, 07:00, 2026-02-15T10:15:00Z",
    "America/Sao_Paulo, 2026-11-01, 07:00, 2026-11-01T10:15:00Z",
    // East of UTC a school morning is still the day before in UTC.
    "Pacific/Auckland, 2026-06-10, 08:00, 2026-06-09T20:15:00Z"
  })
  void the_cut_off_is_the_schools_time_on_the_schools_day(
      String zone, LocalDate date, LocalTime in, Instant cutOff) {
    Hours base = new Hours(in, at("23:59"));
    EffectiveSchedule effective =
        EffectiveSchedule.of(date, Optional.of(base), Optional.empty(), Optional.empty());
    assertThat(effective.cutOff(ZoneId.of(zone), GRACE)).contains(cutOff);
  }
}
