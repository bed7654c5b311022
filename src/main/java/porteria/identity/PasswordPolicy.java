package porteria.identity;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import porteria.domain.Failure;
import porteria.domain.Failure.FieldError;

/**
 * What a new password must be (NIST SP 800-63B, section 5.1.1.2): long, and none that guessers try
 * first. No mixture of characters is asked for. A word of the list stays common with digits or
 * signs around it, with letters written as digits, or said more than once.
 */
final class PasswordPolicy {

  /** Fewest characters. */
  static final int SHORTEST = 12;

  /** Most characters; more would only cost time. */
  static final int LONGEST = 200;

  private static final String LIST = "/porteria/common-passwords.txt";
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final Pattern NOT_LETTERS_AT_THE_ENDS = Pattern.compile("^[^\\p{L}]+|[^\\p{L}]+$");
  private static final Pattern SEPARATORS = Pattern.compile("[\\s._-]+");
  private static final Pattern REPEATED = Pattern.compile("(.+?)\\1+");
  private static final String DIGITS = "012345678901234567890123456789";
  private static final String FROM = "0134578@$!";
  private static final String TO = "oieastbasi";

  private static final Set<String> COMMON = load();

  private PasswordPolicy() {}

  /** What speaks against a new password; empty when it may be used. */
  static Optional<Failure> objection(String password, String email) {
    int length = password.codePointCount(0, password.length());
    if (length < SHORTEST || length > LONGEST) {
      return refused("allowed are %d to %d characters".formatted(SHORTEST, LONGEST));
    }
    if (isCommon(password)) {
      return refused("this is one of the passwords that are tried first; choose another");
    }
    String own = plain(email.replaceFirst("@.*", ""));
    return own.length() >= 4 && plain(password).contains(own)
        ? refused("it must not contain your mailbox's name")
        : Optional.empty();
  }

  private static boolean isCommon(String password) {
    String plain = plain(password);
    String bare = NOT_LETTERS_AT_THE_ENDS.matcher(plain).replaceAll("");
    return (bare.isEmpty() && isSequence(plain))
        || List.of(plain, bare, spelled(plain), spelled(bare)).stream()
            .map(PasswordPolicy::once)
            .anyMatch(word -> COMMON.contains(word) || word.length() == 1);
  }

  /** Digits that go up or down, or a few that come again. */
  private static boolean isSequence(String text) {
    String once = once(text);
    return once.length() <= 4
        || DIGITS.contains(once)
        || DIGITS.contains(new StringBuilder(once).reverse());
  }

  /** Lower case, without accents, without blanks and dashes. */
  private static String plain(String text) {
    String lower = Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD);
    return SEPARATORS.matcher(MARKS.matcher(lower).replaceAll("")).replaceAll("");
  }

  /** With letters again where digits and signs stand for them; the ends bare. */
  private static String spelled(String text) {
    StringBuilder letters = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      int at = FROM.indexOf(text.charAt(i));
      letters.append(at < 0 ? text.charAt(i) : TO.charAt(at));
    }
    return NOT_LETTERS_AT_THE_ENDS.matcher(letters).replaceAll("");
  }

  private static String once(String text) {
    var repeated = REPEATED.matcher(text);
    return repeated.matches() ? repeated.group(1) : text;
  }

  private static Optional<Failure> refused(String why) {
    return Optional.of(
        new Failure(
            Failure.Kind.INVALID_REQUEST,
            "This password cannot be used: " + why + ".",
            List.of(new FieldError("/new_password", why))));
  }

  private static Set<String> load() {
    try (InputStream file =
            Objects.requireNonNull(PasswordPolicy.class.getResourceAsStream(LIST), LIST);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .flatMap(Pattern.compile("\\s+")::splitAsStream)
          .filter(word -> !word.isEmpty())
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
