package porteria.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porteria.domain.Failure;

class PasswordPolicyTest {

  private static final String EMAIL = "rosa.mardones@colegio.example";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tres gatos saltan el muro",
        "Vq7#mZp2!kLd",
        "ñandú-lluvia-39-tejado",
        "passwordless summer kayak",
        "918273645546",
      })
  void a_long_password_that_nobody_guesses_is_allowed(String password) {
    assertThat(PasswordPolicy.objection(password, EMAIL)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Vq7#mZp2!kL", "ñandú39tej"})
  void fewer_than_twelve_characters_are_too_few(String password) {
    assertThat(detail(password)).contains("12 to 200 characters");
  }

  @Test
  void two_hundred_characters_are_enough() {
    String longest = "Vq7#mZp2!kLd".repeat(20).substring(0, 200);
    assertThat(PasswordPolicy.objection(longest, EMAIL)).isEmpty();
    assertThat(detail(longest + "x")).contains("12 to 200 characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password1234",
        "Password2026!",
        "P@ssw0rd1234",
        "contraseña2026",
        "Contrasena-2026",
        "CONTRASEÑA!!!!",
        "qwertyuiop12",
        "passwordpassword",
        "colegio colegio 1",
        "correct horse battery staple",
        "aaaaaaaaaaaa",
        "123456789012",
        "098765432109",
        "121212121212",
        "2026-2026-2026",
        "............",
      })
  void what_is_tried_first_is_refused_however_it_is_dressed(String password) {
    assertThat(detail(password)).contains("tried first");
  }

  @Test
  void the_mailboxs_own_name_is_refused() {
    assertThat(detail("Rosa-Mardones-39!")).contains("your mailbox's name");
  }

  @Test
  void the_answer_points_at_the_field_and_does_not_repeat_the_password() {
    Failure failure = PasswordPolicy.objection("password1234", EMAIL).orElseThrow();
    assertThat(failure.kind()).isEqualTo(Failure.Kind.INVALID_REQUEST);
    assertThat(failure.errors().getFirst().pointer()).isEqualTo("/new_password");
    assertThat(failure.toString()).doesNotContain("password1234");
  }

  private static String detail(String password) {
    return PasswordPolicy.objection(password, EMAIL).orElseThrow().detail();
  }
}
