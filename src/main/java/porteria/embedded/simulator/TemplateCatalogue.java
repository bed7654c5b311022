package porteria.embedded.simulator;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The templates the simulated account has approved, found by name and language. */
final class TemplateCatalogue {
  private record Key(String name, String language) {}

  private final Map<Key, KnownTemplate> known;

  /**
   * @throws IllegalStateException when two templates share name and language
   */
  TemplateCatalogue(Collection<SimulatedTemplate> templates) {
    known =
        templates.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    template -> new Key(template.name(), template.language()), KnownTemplate::of));
  }

  Optional<KnownTemplate> find(String name, String language) {
    return Optional.ofNullable(known.get(new Key(name, language)));
  }
}
