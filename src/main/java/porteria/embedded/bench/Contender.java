package porteria.embedded.bench;

import java.io.IOException;

/** One way of recording scans. */
interface Contender {

  /** In the table. */
  String name();

  /** What it is, in a sentence. */
  String sentence();

  /** Where a scan becomes a row. */
  String events();

  /** Where what is owed for it becomes a row. */
  String owed();

  /** How many rows may be written without the load generator having seen the answer. */
  int inFlight();

  /** Loads it. */
  Load run(int seconds) throws IOException, InterruptedException;
}
