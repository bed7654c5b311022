package porteria;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.audit.AuditTrail;
import porteria.config.ConfigException;
import porteria.config.DatabaseSettings;
import porteria.db.Database;
import porteria.school.Founding;
import porteria.school.NewSchool;

/** Founds a school; its first admin comes by {@link AdminCommand}. */
record SchoolCommand(NewSchool school) {

  private static final Logger LOG = LoggerFactory.getLogger(SchoolCommand.class);
  private static final int WRONG = 2;

  /**
   * Reads the arguments after the command's name.
   *
   * @throws ConfigException when they are not a short name, a name and a time zone
   */
  static SchoolCommand of(List<String> arguments) {
    List<String> given = arguments.stream().filter(argument -> !argument.isBlank()).toList();
    if (given.size() != 3) {
      throw new ConfigException(
          List.of(
              "the command \"school\" needs a short name, a name and a time zone:"
                  + " SCHOOL=slug NAME=… TIMEZONE=America/Santiago"));
    }
    NewSchool school = new NewSchool(given.getFirst(), given.get(1), given.getLast());
    List<String> mistakes = school.mistakes();
    if (!mistakes.isEmpty()) {
      throw new ConfigException(mistakes);
    }
    return new SchoolCommand(school);
  }

  /** Founds it. Answers the exit code. */
  Future<Integer> run(
      Vertx vertx, DatabaseSettings settings, InstantSource clock, PrintStream terminal) {
    Database database = Database.open(vertx, settings);
    return new Founding(database, new AuditTrail(clock), clock)
        .found(school)
        .eventually(database::close)
        .map(founded -> tell(founded, terminal));
  }

  private int tell(boolean founded, PrintStream terminal) {
    if (!founded) {
      LOG.error("no school was founded: there is a school {} already", school.slug());
      return WRONG;
    }
    terminal.printf("The school %s is there. Its first admin:%n", school.slug());
    terminal.printf("  make admin EMAIL=… SCHOOL=%s%n", school.slug());
    return 0;
  }
}
