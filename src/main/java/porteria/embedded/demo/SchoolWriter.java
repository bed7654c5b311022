package porteria.embedded.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import porteria.config.SecuritySettings;
import porteria.device.DeviceTokens;
import porteria.domain.CardTokens;
import porteria.domain.Channel;
import porteria.domain.MessageType;
import porteria.domain.ScanSource;
import porteria.embedded.demo.DemoSchool.Course;
import porteria.embedded.demo.DemoSchool.Gate;
import porteria.embedded.demo.DemoSchool.Guardian;
import porteria.embedded.demo.DemoSchool.Pupil;
import porteria.embedded.demo.DemoSchool.Staff;

/**
 * Writes one school with one statement a table, in the transaction of the connection. Row-level
 * security binds the owner too, so the transaction first names the school.
 */
final class SchoolWriter {

  private final Connection connection;
  private final CardTokens cards;
  private final DeviceTokens devices;
  private final Instant now;

  SchoolWriter(Connection connection, SecuritySettings security, Instant now) {
    this.connection = connection;
    this.cards = new CardTokens(security.tagSecret().bytes(), security.tagSigningKey().bytes());
    this.devices = new DeviceTokens(security.secretKeys());
    this.now = now;
  }

  /**
   * Writes the school itself.
   *
   * @return false, and nothing written, when a school of this slug is there; row-level security
   *     hides it from us, so trying is the way to find out
   */
  boolean found(SchoolPlan plan, UUID schoolId) throws SQLException {
    enter(schoolId);
    int written =
        execute(
            """
            INSERT INTO school (id, slug, name, timezone, language, photos_allowed, created_at)
            VALUES (?, ?, ?, ?, 'es', true, ?)
            ON CONFLICT (slug) DO NOTHING
            """,
            schoolId,
            plan.slug(),
            plan.name(),
            plan.zone().getId(),
            OffsetDateTime.ofInstant(now, ZoneOffset.UTC));
    return written == 1;
  }

  /** Writes everything that belongs to a school founded before. */
  void furnish(DemoSchool school) throws SQLException {
    enter(school.id());
    writeCourses(school);
    writePupils(school);
    writeGuardians(school);
    writeConsents(school);
    writeGates(school);
    writeTags(school);
    writeStaff(school);
  }

  /** Makes the school the one that the transaction sees. */
  private void enter(UUID schoolId) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT set_config('porteria.school', ?, true)")) {
      statement.setString(1, schoolId.toString());
      statement.execute();
    }
  }

  private void writeCourses(DemoSchool school) throws SQLException {
    List<Course> courses = school.courses();
    execute(
        """
        INSERT INTO course (school_id, id, name, grade)
        SELECT ?, * FROM unnest(?::uuid[], ?::text[], ?::text[])
        """,
        school.id(),
        column("uuid", courses, Course::id),
        column("text", courses, Course::name),
        column("text", courses, Course::grade));
    execute(
        """
        INSERT INTO schedule (school_id, course_id, weekday, in_time, out_time)
        SELECT ?, course.id, weekday, course.in_time, course.out_time
        FROM unnest(?::uuid[], ?::time[], ?::time[]) AS course (id, in_time, out_time),
             generate_series(0, 6) AS weekday
        """,
        school.id(),
        column("uuid", courses, Course::id),
        column("text", courses, course -> course.inTime().toString()),
        column("text", courses, course -> course.outTime().toString()));
  }

  private void writePupils(DemoSchool school) throws SQLException {
    List<Pupil> pupils = school.pupils();
    Object ids = column("uuid", pupils, Pupil::id);
    Object courses = column("uuid", pupils, Pupil::courseId);
    execute(
        """
        INSERT INTO student (school_id, id, full_name, course_id)
        SELECT ?, * FROM unnest(?::uuid[], ?::text[], ?::uuid[])
        """,
        school.id(),
        ids,
        column("text", pupils, Pupil::fullName),
        courses);
    execute(
        """
        INSERT INTO enrollment (school_id, school_year, student_id, course_id)
        SELECT ?, ?, * FROM unnest(?::uuid[], ?::uuid[])
        """,
        school.id(),
        LocalDate.ofInstant(now, school.zone()).getYear(),
        ids,
        courses);
  }

  private void writeGuardians(DemoSchool school) throws SQLException {
    List<Guardian> guardians = school.guardians();
    execute(
        """
        INSERT INTO guardian (school_id, language, id, full_name, notification_prefs)
        SELECT ?, 'es', * FROM unnest(?::uuid[], ?::text[], ?::jsonb[])
        """,
        school.id(),
        column("uuid", guardians, Guardian::id),
        column("text", guardians, Guardian::fullName),
        column("text", guardians, SchoolWriter::preferences));
    List<Contact> contacts = guardians.stream().flatMap(SchoolWriter::contacts).toList();
    execute(
        """
        INSERT INTO guardian_contact (school_id, verified, guardian_id, channel, address)
        SELECT ?, true, * FROM unnest(?::uuid[], ?::text[], ?::text[])
        """,
        school.id(),
        column("uuid", contacts, Contact::guardianId),
        column("text", contacts, contact -> contact.channel().name()),
        column("text", contacts, Contact::address));
    List<UUID[]> pairs =
        school.pupils().stream()
            .flatMap(pupil -> pupil.guardians().stream().map(g -> new UUID[] {pupil.id(), g.id()}))
            .toList();
    execute(
        """
        INSERT INTO student_guardian (school_id, student_id, guardian_id)
        SELECT ?, * FROM unnest(?::uuid[], ?::uuid[])
        """,
        school.id(),
        column("uuid", pairs, pair -> pair[0]),
        column("uuid", pairs, pair -> pair[1]));
  }

  /** Photos of every third pupil, signed by the first guardian. */
  private void writeConsents(DemoSchool school) throws SQLException {
    List<Pupil> pupils = new ArrayList<>();
    for (int i = 0; i < school.pupils().size(); i += 3) {
      pupils.add(school.pupils().get(i));
    }
    execute(
        """
        INSERT INTO consent (school_id, scopes, signed_at, student_id, guardian_id)
        SELECT ?, ARRAY['PHOTO'], ?, * FROM unnest(?::uuid[], ?::uuid[])
        """,
        school.id(),
        OffsetDateTime.ofInstant(now, ZoneOffset.UTC),
        column("uuid", pupils, Pupil::id),
        column("uuid", pupils, pupil -> pupil.guardians().getFirst().id()));
  }

  private void writeGates(DemoSchool school) throws SQLException {
    List<Gate> gates = school.gates();
    execute(
        """
        INSERT INTO gate (school_id, id, code, name)
        SELECT ?, * FROM unnest(?::uuid[], ?::text[], ?::text[])
        """,
        school.id(),
        column("uuid", gates, Gate::id),
        column("text", gates, Gate::code),
        column("text", gates, Gate::name));
    execute(
        """
        INSERT INTO device (school_id, id, code, gate_id, token_hash)
        SELECT ?, * FROM unnest(?::uuid[], ?::text[], ?::uuid[], ?::bytea[])
        """,
        school.id(),
        column("uuid", gates, Gate::kioskId),
        column("text", gates, Gate::kioskCode),
        column("uuid", gates, Gate::id),
        hashes(gates.stream().map(gate -> devices.hash(gate.kioskToken()))));
  }

  private void writeTags(DemoSchool school) throws SQLException {
    for (ScanSource kind : ScanSource.values()) {
      execute(
          """
          INSERT INTO tag (school_id, kind, created_at, student_id, token_hash)
          SELECT ?, ?, ?, * FROM unnest(?::uuid[], ?::bytea[])
          """,
          school.id(),
          kind.name(),
          OffsetDateTime.ofInstant(now, ZoneOffset.UTC),
          column("uuid", school.pupils(), Pupil::id),
          hashes(school.pupils().stream().map(pupil -> cards.hash(token(pupil, kind)))));
    }
  }

  private void writeStaff(DemoSchool school) throws SQLException {
    List<Staff> staff = school.staff();
    execute(
        """
        INSERT INTO staff_user (school_id, id, email, full_name, role, password_hash)
        SELECT ?, * FROM unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[])
        """,
        school.id(),
        column("uuid", staff, Staff::id),
        column("text", staff, Staff::email),
        column("text", staff, Staff::fullName),
        column("text", staff, person -> person.role().name()),
        column("text", staff, person -> person.passwordHash().join()));
  }

  private static String token(Pupil pupil, ScanSource kind) {
    return switch (kind) {
      case NFC -> pupil.nfcToken();
      case QR -> pupil.qrToken();
    };
  }

  /** WhatsApp first and mail beside it, as far as the guardian has them, for every message. */
  private static String preferences(Guardian guardian) {
    JsonArray chosen = new JsonArray();
    contacts(guardian).forEach(contact -> chosen.add(contact.channel().name()));
    JsonObject preferences = new JsonObject();
    Arrays.stream(MessageType.values()).forEach(type -> preferences.put(type.name(), chosen));
    return preferences.encode();
  }

  private static Stream<Contact> contacts(Guardian guardian) {
    return Stream.concat(
        guardian.whatsApp().stream()
            .map(number -> new Contact(guardian.id(), Channel.WHATSAPP, number)),
        guardian.email().stream().map(mail -> new Contact(guardian.id(), Channel.EMAIL, mail)));
  }

  private <T> Object column(String type, List<T> rows, Function<T, Object> value)
      throws SQLException {
    return connection.createArrayOf(type, rows.stream().map(value).toArray());
  }

  private Object hashes(Stream<byte[]> hashes) throws SQLException {
    return connection.createArrayOf("bytea", hashes.toArray(byte[][]::new));
  }

  private int execute(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      return statement.executeUpdate();
    }
  }

  private record Contact(UUID guardianId, Channel channel, String address) {}
}
