package porteria.embedded.demo;

import java.security.SecureRandom;
import java.util.stream.Collectors;

/** Text that cannot be guessed, of letters and digits alone: it needs no quoting anywhere. */
final class RandomText {

  private static final String LETTERS_AND_DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  /** Without those that look alike: somebody may have to type it. */
  private static final String READABLE =
      "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

  private static final int SECRET_LENGTH = 43;
  private static final int PASSWORD_LENGTH = 20;

  private RandomText() {}

  static String secret(SecureRandom random) {
    return text(random, LETTERS_AND_DIGITS, SECRET_LENGTH);
  }

  static String password(SecureRandom random) {
    return text(random, READABLE, PASSWORD_LENGTH);
  }

  private static String text(SecureRandom random, String alphabet, int length) {
    return random
        .ints(length, 0, alphabet.length())
        .mapToObj(i -> alphabet.substring(i, i + 1))
        .collect(Collectors.joining());
  }
}
