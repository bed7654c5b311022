package porteria.audit;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import porteria.audit.ChainCheck.BrokenLink;
import porteria.db.Database;

/** Walks the chains, beside a running server, and finds where one does not hold. */
public final class AuditVerifier {

  private static final int PAGE = 1_000;

  private static final String SCHOOLS =
      """
      SELECT id, slug FROM school WHERE $1::text IS NULL OR slug = $1 ORDER BY slug
      """;

  /** Entries that are added meanwhile come after this end, and are not looked at. */
  private static final String END =
      """
      SELECT c.seq, c.hash, (SELECT max(l.seq) FROM audit_log l WHERE l.school_id = s.id) AS last
      FROM (SELECT $1::uuid AS id) s
      LEFT JOIN audit_chain c ON c.school_id = s.id
      """;

  private static final String NEXT_PAGE =
      """
      SELECT %s
      FROM audit_log
      WHERE school_id = $1 AND seq > $2 AND seq <= $3
      ORDER BY seq
      LIMIT %d
      """
          .formatted(StoredEntry.COLUMNS, PAGE);

  private final Database database;

  public AuditVerifier(Database database) {
    this.database = database;
  }

  private record School(UUID id, String slug) {}

  /**
   * What is on record about a chain's end.
   *
   * @param last number of the last entry there is
   */
  private record End(long seq, Buffer hash, long last) {}

  /** How far a chain was walked. */
  private record Walked(long seq, Buffer hash, Optional<BrokenLink> broken) {

    Walked breaks(long at, String what) {
      return new Walked(seq, hash, Optional.of(new BrokenLink(at, what)));
    }
  }

  /**
   * Walks the chains one after the other, each up to its end of this moment.
   *
   * @param slug of the only school to look at; all when empty
   * @return what was found in each; empty when there is no such school
   */
  public Future<List<ChainCheck>> verify(Optional<String> slug) {
    return database
        .workerQuery(SCHOOLS, Tuple.of(slug.orElse(null)))
        .compose(
            rows -> {
              Future<List<ChainCheck>> checks = Future.succeededFuture(new ArrayList<>());
              for (Row row : rows) {
                School school = new School(row.getUUID("id"), row.getString("slug"));
                checks = checks.compose(found -> verify(school).map(check -> with(found, check)));
              }
              return checks;
            });
  }

  private static List<ChainCheck> with(List<ChainCheck> found, ChainCheck check) {
    found.add(check);
    return found;
  }

  private Future<ChainCheck> verify(School school) {
    Walked start = new Walked(0, AuditHash.NONE_BEFORE, Optional.empty());
    return end(school)
        .compose(end -> walk(school, end, start).map(walked -> atEnd(walked, end)))
        .map(
            walked ->
                new ChainCheck(
                    school.slug(),
                    walked.seq(),
                    HexFormat.of().formatHex(walked.hash().getBytes()),
                    walked.broken()));
  }

  private Future<End> end(School school) {
    return database
        .readSchool(
            school.id(),
            transaction -> transaction.preparedQuery(END).execute(Tuple.of(school.id())))
        .map(rows -> end(rows.iterator().next()));
  }

  private static End end(Row row) {
    Long last = row.getLong("last");
    Long seq = row.getLong("seq");
    return new End(
        seq == null ? 0 : seq,
        seq == null ? AuditHash.NONE_BEFORE : row.getBuffer("hash"),
        last == null ? 0 : last);
  }

  private Future<Walked> walk(School school, End end, Walked sofar) {
    return database
        .readSchool(
            school.id(),
            transaction ->
                transaction
                    .preparedQuery(NEXT_PAGE)
                    .execute(Tuple.of(school.id(), sofar.seq(), end.seq())))
        .compose(
            rows -> {
              Walked walked = sofar;
              for (Row row : rows) {
                walked = step(walked, StoredEntry.of(row));
                if (walked.broken().isPresent()) {
                  break;
                }
              }
              return rows.size() < PAGE || walked.broken().isPresent()
                  ? Future.succeededFuture(walked)
                  : walk(school, end, walked);
            });
  }

  private static Walked step(Walked walked, StoredEntry entry) {
    long expected = walked.seq() + 1;
    if (entry.seq() != expected) {
      return walked.breaks(expected, "is missing");
    }
    if (!entry.hash().equals(AuditHash.of(entry))) {
      return walked.breaks(expected, "was changed: its hash is not that of its fields");
    }
    if (!entry.previousHash().equals(walked.hash())) {
      return walked.breaks(
          expected,
          "does not follow entry %d: one of the two was rewritten".formatted(walked.seq()));
    }
    return new Walked(entry.seq(), entry.hash(), Optional.empty());
  }

  /** Whether the walk ended where the chain does. */
  private static Walked atEnd(Walked walked, End end) {
    if (walked.broken().isPresent()) {
      return walked;
    }
    if (walked.seq() < end.seq()) {
      return walked.breaks(walked.seq() + 1, "is missing");
    }
    if (!walked.hash().equals(end.hash())) {
      return walked.breaks(
          walked.seq(), "was rewritten: its hash is not the one on record as the chain's end");
    }
    return end.last() > end.seq()
        ? walked.breaks(end.seq() + 1, "stands beyond the end that is on record")
        : walked;
  }
}
