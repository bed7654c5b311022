package porteria.embedded.morning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import porteria.domain.ScanType;

class MatchingTest {
  private static final Instant SENT = Instant.parse("2026-03-02T11:00:00Z");
  private static final Obligation.Address PHONE = Obligation.Address.phone("+56 9 1234");
  private static final Obligation.Address MAILBOX =
      Obligation.Address.mailbox("Ana@Correo.example");

  @Test
  void two_guardians_who_share_a_phone_are_owed_one_message() {
    assertThat(Obligation.addresses(SmallSchool.pupil(0)))
        .containsExactly(Obligation.Address.phone("56900000"));
  }

  @Test
  void a_mailbox_is_owed_a_message_only_where_there_is_no_phone() {
    assertThat(Obligation.addresses(SmallSchool.pupil(1)))
        .containsExactly(Obligation.Address.mailbox("casa1@correo.example"));
  }

  @Test
  void a_message_is_matched_by_address_name_time_and_direction() {
    Matching matching =
        Matching.of(
            List.of(owed(PHONE, "Ana Soto")), List.of(whatsApp("ingreso_ok", "Ana Soto", "08:00")));

    assertThat(matching.missing()).isEmpty();
    assertThat(matching.delays()).containsExactly(Duration.ofMillis(300));
  }

  @Test
  void a_wrong_name_time_or_direction_is_missing_and_unexpected() {
    for (Told wrong :
        List.of(
            whatsApp("ingreso_ok", "Eva Soto", "08:00"),
            whatsApp("ingreso_ok", "Ana Soto", "08:11"),
            whatsApp("salida_ok", "Ana Soto", "08:00"),
            whatsApp("ingreso_anulado", "Ana Soto", "08:00"))) {
      Matching matching = Matching.of(List.of(owed(PHONE, "Ana Soto")), List.of(wrong));

      assertThat(matching.missing()).hasSize(1);
      assertThat(matching.unexpected()).containsExactly(wrong);
    }
  }

  @Test
  void the_second_message_of_one_entry_is_one_too_many() {
    Told first = whatsApp("ingreso_ok", "Ana Soto", "08:00");
    Told second = whatsApp("ingreso_ok", "Ana Soto", "08:00");

    Matching matching = Matching.of(List.of(owed(PHONE, "Ana Soto")), List.of(first, second));

    assertThat(matching.twice()).hasSize(1);
    assertThat(matching.unexpected()).isEmpty();
  }

  @Test
  void siblings_at_one_phone_are_told_apart() {
    Matching matching =
        Matching.of(
            List.of(owed(PHONE, "Ana Soto"), owed(PHONE, "Eva Soto")),
            List.of(whatsApp("ingreso_ok", "Eva Soto", "08:00")));

    assertThat(matching.missing()).extracting(Obligation::name).containsExactly("Ana Soto");
  }

  @Test
  void a_mail_is_read_by_its_words_in_every_language() {
    for (String text :
        List.of(
            "Hola:\nAna Soto entró al colegio a las 08:00 por Salida Norte.",
            "Ana Soto arrived at school at 08:00 through Norte.",
            "Ana Soto entrou na escola às 08:00 por Norte.")) {
      Matching matching = Matching.of(List.of(owed(MAILBOX, "Ana Soto")), List.of(mail(text)));

      assertThat(matching.missing()).as(text).isEmpty();
    }
  }

  @Test
  void a_correction_by_mail_is_unexpected() {
    Told correction =
        mail("Corrección: el ingreso de Ana Soto a las 08:00 por Norte fue registrado por error.");

    assertThat(Matching.of(List.of(), List.of(correction)).unexpected()).hasSize(1);
  }

  @Test
  void what_no_scan_causes_is_not_judged() {
    Matching matching =
        Matching.of(List.of(), List.of(whatsApp("cambio_horario", "Ana Soto", "08:00")));

    assertThat(matching.unexpected()).isEmpty();
    assertThat(matching.others()).isEqualTo(1);
  }

  private static Obligation owed(Obligation.Address address, String name) {
    return new Obligation(address, name, ScanType.IN, Set.of("08:00"), SENT, "DEV-1/1");
  }

  private static Told whatsApp(String template, String name, String time) {
    return new Told("m1", PHONE, template, List.of(name, time, "Norte"), "", SENT.plusMillis(300));
  }

  private static Told mail(String text) {
    return new Told("m2", MAILBOX, "", List.of(), text, SENT.plusMillis(300));
  }
}
