package porteria.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import porteria.domain.TemplateCatalogue;

/** The catalogue that the server ships with. */
public final class WantedTemplates {

  private static final Path FILE = Path.of("conf", "whatsapp-templates.json");

  private WantedTemplates() {}

  /** As its file has it. */
  public static String text() {
    try {
      return Files.readString(FILE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static TemplateCatalogue catalogue() {
    return TemplateCatalogue.parse(
        text(),
        mistake -> {
          throw new AssertionError(mistake);
        });
  }
}
