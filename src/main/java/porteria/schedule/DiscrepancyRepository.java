package porteria.schedule;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import porteria.bus.DiscrepancyPage;
import porteria.bus.FindDiscrepancies;
import porteria.bus.PagePlace;
import porteria.db.Database;

/** Reads what of a school's days does not fit together. */
final class DiscrepancyRepository {

  private final Database database;
  private final InstantSource clock;

  DiscrepancyRepository(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** A page, newest first. */
  Future<DiscrepancyPage> find(FindDiscrepancies query) {
    return database
        .readSchool(
            query.schoolId(),
            connection ->
                HoursRepository.zone(connection, query.schoolId())
                    .compose(zone -> find(connection, query, zone)))
        .map(found -> page(found, query.limit()));
  }

  private Future<List<DiscrepancyPage.Item>> find(
      SqlConnection connection, FindDiscrepancies query, ZoneId zone) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
    LocalDate from = query.from().or(query::to).orElse(today);
    LocalDate to = query.to().orElse(query.from().isPresent() ? today : from);
    return connection
        .preparedQuery(DiscrepancySql.FIND)
        .execute(
            Tuple.of(
                query.schoolId(),
                from,
                to,
                query.before().map(place -> place.at().atOffset(ZoneOffset.UTC)).orElse(null),
                query.before().map(PagePlace::id).orElse(null),
                query.limit() + 1))
        .map(
            rows -> {
              List<DiscrepancyPage.Item> items = new ArrayList<>(rows.size());
              rows.forEach(row -> items.add(item(row)));
              return items;
            });
  }

  private static DiscrepancyPage page(List<DiscrepancyPage.Item> found, int limit) {
    if (found.size() <= limit) {
      return new DiscrepancyPage(found, Optional.empty());
    }
    List<DiscrepancyPage.Item> items = found.subList(0, limit);
    DiscrepancyPage.Item last = items.getLast();
    return new DiscrepancyPage(items, Optional.of(new PagePlace(last.at(), last.subjectId())));
  }

  private static DiscrepancyPage.Item item(Row row) {
    return new DiscrepancyPage.Item(
        DiscrepancyPage.Kind.valueOf(row.getString("kind")),
        row.getOffsetDateTime("at").toInstant(),
        row.getLocalDate("day"),
        row.getUUID("id"),
        row.getUUID("student_id"),
        row.getString("full_name"),
        row.getUUID("course_id"),
        row.getString("course"));
  }
}
