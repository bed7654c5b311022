package porteria.embedded;

/**
 * What a caller decides about PostgreSQL.
 *
 * @param port the TCP port on loopback, 0 for any free one
 * @param superuserPassword of {@code postgres}; fixed when the cluster is made, so keep it beside
 *     the data
 * @param ownerPassword of {@code porteria_owner}; set anew at each start
 */
public record PostgresSettings(int port, String superuserPassword, String ownerPassword) {

  @Override
  public String toString() {
    return "PostgresSettings[port=" + port + "]";
  }
}
