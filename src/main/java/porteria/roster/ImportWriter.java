package porteria.roster;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import porteria.db.Columns;
import porteria.domain.Channel;

/** Writes a plan, a statement for each kind of row. */
final class ImportWriter {

  private final UUID school;
  private final ImportPlan plan;
  private final OffsetDateTime now;

  /** Where an address goes. */
  private record Address(UUID guardian, Channel channel, String text) {}

  /** Who answers for whom. */
  private record Link(UUID student, UUID guardian) {}

  ImportWriter(UUID school, ImportPlan plan, OffsetDateTime now) {
    this.school = school;
    this.plan = plan;
    this.now = now;
  }

  /** Writes it in the transaction of a connection. */
  Future<Void> write(SqlConnection connection, Progress progress) {
    Future<Void> written = Future.succeededFuture();
    List<Write> writes = writes();
    for (int i = 0; i < writes.size(); i++) {
      Write each = writes.get(i);
      int done = i;
      written =
          written
              .onSuccess(before -> progress.written(done, writes.size()))
              .compose(
                  before ->
                      connection.preparedQuery(each.sql()).execute(each.parameters()).mapEmpty());
    }
    return written.compose(before -> contacts(connection));
  }

  /** A contact that gives way takes with it what it opened. */
  private Future<Void> contacts(SqlConnection connection) {
    Tuple contacts = newContacts();
    return connection
        .preparedQuery(ImportSql.DROP_CONTACTS)
        .execute(contacts)
        .map(
            dropped ->
                dropped.stream()
                    .map(row -> row.getUUID("guardian_id"))
                    .collect(Collectors.toUnmodifiableSet()))
        .compose(
            losers ->
                connection
                    .preparedQuery(ImportSql.KEEP_CONTACTS)
                    .execute(contacts)
                    .compose(
                        kept -> LostContacts.follow(connection, school, losers, now.toInstant())));
  }

  private record Write(String sql, Tuple parameters) {}

  private List<Write> writes() {
    List<Write> writes = new ArrayList<>();
    courses(writes);
    students(writes);
    guardians(writes);
    return writes;
  }

  private void courses(List<Write> writes) {
    List<PlannedCourse> changed =
        plan.courses().stream()
            .filter(each -> each.before().isEmpty() || each.changesGrade())
            .toList();
    writes.add(
        new Write(
            ImportSql.KEEP_COURSES,
            Tuple.of(
                school,
                Columns.of(changed, UUID[]::new, PlannedCourse::id),
                Columns.strings(changed, PlannedCourse::name),
                Columns.strings(changed, each -> each.grade().orElseThrow()))));
    List<PlannedCourse> moved =
        plan.courses().stream().filter(PlannedCourse::changesHours).toList();
    writes.add(
        new Write(
            ImportSql.KEEP_HOURS,
            Tuple.of(
                school,
                Columns.of(moved, UUID[]::new, PlannedCourse::id),
                Columns.of(moved, LocalTime[]::new, each -> each.hours().orElseThrow().in()),
                Columns.of(moved, LocalTime[]::new, each -> each.hours().orElseThrow().out()))));
  }

  private void students(List<Write> writes) {
    writes.add(
        new Write(
            ImportSql.CREATE_STUDENTS,
            rows(plan.students().stream().filter(PlannedStudent::isNew).toList())));
    writes.add(
        new Write(
            ImportSql.CHANGE_STUDENTS,
            rows(
                plan.students().stream()
                    .filter(each -> !each.isNew() && each.changes())
                    .toList())));
    List<PlannedStudent> enrolled =
        plan.students().stream().filter(PlannedStudent::changesCourse).toList();
    writes.add(
        new Write(
            ImportSql.ENROL,
            Tuple.of(
                school,
                Columns.of(enrolled, UUID[]::new, PlannedStudent::id),
                Columns.of(enrolled, UUID[]::new, PlannedStudent::courseId),
                now)));
  }

  private Tuple rows(List<PlannedStudent> students) {
    return Tuple.of(
        school,
        Columns.of(students, UUID[]::new, PlannedStudent::id),
        Columns.strings(students, each -> each.row().number()),
        Columns.strings(students, each -> each.row().fullName()),
        Columns.of(students, UUID[]::new, PlannedStudent::courseId));
  }

  private void guardians(List<Write> writes) {
    List<PlannedGuardian> changed =
        plan.guardians().stream().filter(PlannedGuardian::changes).toList();
    writes.add(
        new Write(
            ImportSql.KEEP_GUARDIANS,
            Tuple.of(
                school,
                Columns.of(changed, UUID[]::new, PlannedGuardian::id),
                Columns.strings(changed, PlannedGuardian::fullName),
                Columns.strings(changed, each -> each.language(plan.language())),
                Preferences.ALL.json())));
    List<Link> links = new ArrayList<>();
    for (PlannedStudent student : plan.students()) {
      student.newGuardians().forEach(each -> links.add(new Link(student.id(), each.id())));
    }
    writes.add(
        new Write(
            ImportSql.LINK,
            Tuple.of(
                school,
                Columns.of(links, UUID[]::new, Link::student),
                Columns.of(links, UUID[]::new, Link::guardian))));
  }

  private Tuple newContacts() {
    List<Address> addresses = new ArrayList<>();
    for (PlannedGuardian guardian : plan.guardians()) {
      for (Channel channel : Channel.values()) {
        guardian
            .newAddress(channel)
            .ifPresent(text -> addresses.add(new Address(guardian.id(), channel, text)));
      }
    }
    return Tuple.of(
        school,
        Columns.of(addresses, UUID[]::new, Address::guardian),
        Columns.strings(addresses, each -> each.channel().name()),
        Columns.strings(addresses, Address::text));
  }
}
