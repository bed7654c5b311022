package porteria.http.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import porteria.school.OwnTerms;
import porteria.school.School;
import porteria.school.SchoolSettings;

/**
 * What saving settings brings about beside itself: messages that go out to families, files that are
 * gone for good. It is asked about first.
 */
record SettingsEffects(List<Effect> named) {

  SettingsEffects {
    named = List.copyOf(named);
  }

  /**
   * One of them.
   *
   * @param what names its words
   * @param was before, and {@code becomes} afterwards
   */
  record Effect(String what, String was, String becomes) {

    String words(Map<String, String> texts) {
      String key = "settings.effect." + what;
      return Objects.requireNonNull(texts.get(key), key)
          .replace("{was}", was)
          .replace("{becomes}", becomes);
    }
  }

  /** Of saving this draft, which has no mistakes, over what is kept. */
  static SettingsEffects of(School kept, SettingsDraft draft) {
    SchoolSettings before = kept.settings();
    SchoolSettings after = draft.wanted();
    List<Effect> effects = new ArrayList<>();
    long graceBefore = grace(kept, before.terms());
    long graceAfter = grace(kept, after.terms());
    if (graceAfter < graceBefore) {
      effects.add(new Effect("grace", Long.toString(graceBefore), Long.toString(graceAfter)));
    }
    if (!before.timezone().equals(after.timezone())) {
      effects.add(new Effect("timezone", before.timezone(), after.timezone()));
    }
    if (kept.photosAllowed() && !draft.photosAllowed()) {
      effects.add(new Effect("photos", "", ""));
    }
    int daysBefore = days(kept, before.terms());
    int daysAfter = days(kept, after.terms());
    if (daysAfter < daysBefore) {
      effects.add(
          new Effect("retention", Integer.toString(daysBefore), Integer.toString(daysAfter)));
    }
    return new SettingsEffects(effects);
  }

  private static long grace(School kept, OwnTerms terms) {
    return terms
        .graceMinutes()
        .map(Integer::longValue)
        .orElseGet(() -> kept.usual().grace().toMinutes());
  }

  private static int days(School kept, OwnTerms terms) {
    return Math.min(
        terms.retentionDays().orElse(kept.usual().retentionDays()), kept.usual().retentionDays());
  }

  /** Names all of them; what was confirmed is not taken for what was changed since. */
  String key() {
    return key(named);
  }

  static String key(List<Effect> effects) {
    return effects.stream()
        .map(each -> each.what() + " " + each.was() + " " + each.becomes())
        .collect(Collectors.joining(", "));
  }
}
