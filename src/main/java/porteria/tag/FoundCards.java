package porteria.tag;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import porteria.db.Database;
import porteria.domain.CardTokens;

/** Whom to give a card back to. */
public final class FoundCards {

  /** Ours have 22 characters; longer text is nobody's and not worth a look. */
  private static final int LONGEST_TOKEN = 64;

  private final Database database;
  private final CardTokens tokens;

  public FoundCards(Database database, CardTokens tokens) {
    this.database = database;
    this.tokens = tokens;
  }

  /** The school that a card was made for; all that a finder may know. */
  public record School(String name, Optional<String> phone) {}

  /** The school of a card, in use or revoked; empty when nobody ever held this token. */
  public Future<Optional<School>> find(String token) {
    if (token.length() > LONGEST_TOKEN) {
      return Future.succeededFuture(Optional.empty());
    }
    Buffer[] hashes = tokens.card(token).hashes().toArray(Buffer[]::new);
    return database
        .workerQuery(TagSql.FINDER, Tuple.of((Object) hashes))
        .map(
            rows ->
                rows.stream()
                    .findFirst()
                    .map(
                        row ->
                            new School(
                                row.getString("name"),
                                Optional.ofNullable(row.getString("phone")))));
  }
}
