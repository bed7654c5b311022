package porteria.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import porteria.bus.FamilyWish;

/** How families say that they want no more. */
class WishWordsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BAJA",
        "baja",
        " Baja. ",
        "¡Baja!",
        "bája",
        "BAJA 🙏",
        "parar",
        "Detener",
        "cancelar",
        "NO MÁS",
        "no  mas!!",
        "stop",
        "Unsubscribe",
        "cancel",
        "end",
        "quit",
        "sair",
        "descadastrar",
        "*STOP*"
      })
  void these_are_wishes_to_stop(String text) {
    assertThat(WishWords.read(text)).contains(FamilyWish.Kind.STOP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"alta", "ALTA.", "start", "Voltar"})
  void these_are_wishes_to_start_again(String text) {
    assertThat(WishWords.read(text)).contains(FamilyWish.Kind.START);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "🙏",
        "gracias",
        "baja la voz",
        "no",
        "no mas atrasos",
        "hoy voy a parar",
        "alta médica",
        "bajas",
        "the end",
        "STOPPED"
      })
  void these_are_none(String text) {
    assertThat(WishWords.read(text)).isEmpty();
  }
}
