package porteria;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.audit.AuditTrail;
import porteria.config.ConfigException;
import porteria.config.DatabaseSettings;
import porteria.db.Database;
import porteria.identity.MadeAccount;
import porteria.identity.Passwords;
import porteria.identity.StaffAccounts;

/**
 * Makes the account of an admin: the first of a school, or one for a school that lost all of its
 * passwords.
 *
 * @param school its slug; may be empty where there is one school
 */
record AdminCommand(String email, Optional<String> school) {

  private static final Logger LOG = LoggerFactory.getLogger(AdminCommand.class);
  private static final int WRONG = 2;

  /**
   * Reads the arguments after the command's name.
   *
   * @throws ConfigException when they are not a mailbox and perhaps a school
   */
  static AdminCommand of(List<String> arguments) {
    List<String> given = arguments.stream().filter(argument -> !argument.isBlank()).toList();
    if (given.isEmpty() || given.size() > 2) {
      throw new ConfigException(
          List.of("the command \"admin\" needs a mailbox and a school: EMAIL=… SCHOOL=slug"));
    }
    return new AdminCommand(given.getFirst(), given.stream().skip(1).findFirst());
  }

  /** Makes it, and prints its password, which nothing else keeps. Answers the exit code. */
  Future<Integer> run(
      Vertx vertx, DatabaseSettings settings, InstantSource clock, PrintStream terminal) {
    Database database = Database.open(vertx, settings);
    StaffAccounts accounts =
        new StaffAccounts(database, new AuditTrail(clock), new Passwords(vertx), clock);
    return accounts
        .addAdmin(school, email)
        .eventually(database::close)
        .map(made -> tell(made, terminal));
  }

  private int tell(MadeAccount made, PrintStream terminal) {
    return switch (made) {
      case MadeAccount.Account(var staff, var password) -> {
        terminal.printf("%s can sign in with the password %s%n", staff.email(), password);
        terminal.println("It is kept nowhere else; change it after signing in.");
        yield 0;
      }
      case MadeAccount.MailboxTaken taken -> refuse("this mailbox has an account already");
      case MadeAccount.NotAMailbox none ->
          refuse("EMAIL is not a mailbox: allowed is such as name@school.example");
      case MadeAccount.NoSuchSchool gone ->
          refuse(
              school
                  .map("there is no school %s: SCHOOL is its slug"::formatted)
                  .orElse("say which school: SCHOOL=slug"));
    };
  }

  private static int refuse(String why) {
    LOG.error("no account was made: {}", why);
    return WRONG;
  }
}
