package porteria;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.config.ConfigException;
import porteria.config.WhatsAppSettings;
import porteria.notification.TemplateCheck;

/** Compares the templates of the WhatsApp account with the catalogue. */
final class TemplatesCommand {

  private static final Logger LOG = LoggerFactory.getLogger(TemplatesCommand.class);
  private static final String LINE = "%-24s  %-8s  %s%n";

  private final WhatsAppSettings account;
  private final String businessAccount;

  /**
   * @throws ConfigException when it is not said whose templates they are
   */
  TemplatesCommand(WhatsAppSettings account) {
    this.account = account;
    this.businessAccount =
        account
            .businessAccountId()
            .orElseThrow(
                () ->
                    new ConfigException(
                        List.of(
                            "whatsapp.business-account-id is missing: the command"
                                + " \"templates-check\" needs WHATSAPP_BUSINESS_ACCOUNT_ID")));
  }

  /** Prints a table of what differs. Answers the exit code: 0 when nothing does. */
  Future<Integer> run(Vertx vertx, PrintStream terminal) {
    return new TemplateCheck(vertx, account, businessAccount)
        .run()
        .map(differences -> tell(differences, terminal))
        .otherwise(
            error -> {
              LOG.error("the templates were not compared: {}", error.getMessage());
              return 1;
            });
  }

  private int tell(List<TemplateCheck.Difference> differences, PrintStream terminal) {
    if (differences.isEmpty()) {
      terminal.printf(
          "All %d templates are approved as the catalogue has them.%n",
          account.templates().templates().size());
      return 0;
    }
    terminal.printf(LINE, "template", "language", "in the account");
    for (TemplateCheck.Difference each : differences) {
      terminal.printf(LINE, each.name(), each.language(), each.what());
    }
    return 1;
  }
}
