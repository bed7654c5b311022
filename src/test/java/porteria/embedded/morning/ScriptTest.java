package porteria.embedded.morning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import porteria.domain.ScanType;

class ScriptTest {
  private static final Duration MINUTE = Duration.ofSeconds(60);
  private static final Demo.School SCHOOL = SmallSchool.of(600);

  private final Script script = Script.write(1, MINUTE, SCHOOL, SmallSchool.OTHER.pupils());

  @Test
  void the_same_seed_plays_the_same_morning() {
    assertThat(Script.write(1, MINUTE, SCHOOL, SmallSchool.OTHER.pupils())).isEqualTo(script);
    assertThat(Script.write(2, MINUTE, SCHOOL, SmallSchool.OTHER.pupils())).isNotEqualTo(script);
  }

  @Test
  void nearly_all_pupils_come_and_some_tap_twice_within_three_seconds() {
    Map<String, List<Tap>> entries = taps(ScanType.IN);

    assertThat(entries).hasSize(576);
    assertThat(entries.values()).filteredOn(taps -> taps.size() == 2).hasSize(29);
    assertThat(entries.values())
        .allSatisfy(
            taps ->
                assertThat(taps.getLast().at().minus(taps.getFirst().at()))
                    .isLessThan(Duration.ofSeconds(3)));
  }

  @Test
  void the_rush_is_in_the_middle() {
    long rush =
        script.taps().stream()
            .filter(tap -> tap.at().toSeconds() >= 18 && tap.at().toSeconds() < 36)
            .count();

    assertThat(rush).isGreaterThan(script.taps().size() / 2);
  }

  @Test
  void whoever_leaves_does_so_behind_the_entry_in_the_same_queue() {
    Map<String, List<Tap>> entries = taps(ScanType.IN);

    assertThat(taps(ScanType.OUT))
        .hasSize(23)
        .allSatisfy(
            (pupil, exits) -> {
              assertThat(exits).hasSize(1);
              assertThat(entries.get(pupil))
                  .anySatisfy(
                      entry -> assertThat(entry.kiosk()).isEqualTo(exits.getFirst().kiosk()))
                  .allSatisfy(entry -> assertThat(entry.at()).isLessThan(exits.getFirst().at()));
            });
  }

  @Test
  void everything_that_can_go_wrong_does() {
    assertThat(script.taps().stream().map(Tap::twist).distinct())
        .containsExactlyInAnyOrder(Tap.Twist.values());
    assertThat(script.taps())
        .extracting(Tap::expected)
        .contains(Expected.UNKNOWN_TOKEN, Expected.OTHER_SCHOOL);
    assertThat(script.taps())
        .filteredOn(tap -> tap.expected() == Expected.INVALID)
        .allSatisfy(
            tap -> {
              assertThat(tap.kiosk()).isEqualTo(script.outage().kiosk());
              assertThat(tap.at()).isBetween(script.outage().from(), script.outage().until());
            });
  }

  private Map<String, List<Tap>> taps(ScanType type) {
    return script.taps().stream()
        .filter(tap -> tap.type() == type && tap.expected() == Expected.RECORDED)
        .collect(Collectors.groupingBy(tap -> tap.card().holder().orElseThrow().id()));
  }
}
