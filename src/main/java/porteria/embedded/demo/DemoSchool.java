package porteria.embedded.demo;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import porteria.domain.Role;

/**
 * An invented school with all its people and their credentials, as it is about to be seeded.
 *
 * @param slug its name in URLs, unique among schools
 */
record DemoSchool(
    UUID id,
    String slug,
    String name,
    ZoneId zone,
    List<Gate> gates,
    List<Course> courses,
    List<Guardian> guardians,
    List<Pupil> pupils,
    List<Staff> staff) {

  /** A gate and the one kiosk that stands at it. */
  record Gate(
      UUID id, String code, String name, UUID kioskId, String kioskCode, String kioskToken) {}

  /** A course and its hours, the same on every day of the week. */
  record Course(UUID id, String name, String grade, LocalTime inTime, LocalTime outTime) {}

  /** A guardian; {@code whatsApp} is an E.164 number with its plus sign. */
  record Guardian(UUID id, String fullName, Optional<String> whatsApp, Optional<String> email) {}

  /** A pupil with an NFC card and a printed QR. */
  record Pupil(
      UUID id,
      String fullName,
      UUID courseId,
      String nfcToken,
      String qrToken,
      List<Guardian> guardians) {}

  /** Somebody who signs in; the password's hash takes its time and is made beside other work. */
  record Staff(
      UUID id,
      Role role,
      String fullName,
      String email,
      String password,
      CompletableFuture<String> passwordHash) {}
}
