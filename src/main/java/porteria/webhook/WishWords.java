package porteria.webhook;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import porteria.bus.FamilyWish;

/**
 * The words by which a family says that it wants no more messages, or wants them again, in the
 * languages we write in. They count as the whole message alone: "no vamos a parar en la entrada" is
 * no such wish.
 */
final class WishWords {

  private static final Set<String> STOP =
      Set.of(
          "BAJA",
          "PARAR",
          "DETENER",
          "CANCELAR",
          "NO MAS",
          "STOP",
          "UNSUBSCRIBE",
          "CANCEL",
          "END",
          "QUIT",
          "SAIR",
          "DESCADASTRAR");

  private static final Set<String> START = Set.of("ALTA", "START", "VOLTAR");

  private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
  private static final Pattern NOT_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

  private WishWords() {}

  /** Case, accents, punctuation and pictures do not matter. */
  static Optional<FamilyWish.Kind> read(String text) {
    String plain = ACCENTS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
    String words = NOT_WORDS.matcher(plain).replaceAll(" ").strip().toUpperCase(Locale.ROOT);
    if (STOP.contains(words)) {
      return Optional.of(FamilyWish.Kind.STOP);
    }
    return START.contains(words) ? Optional.of(FamilyWish.Kind.START) : Optional.empty();
  }
}
