package porteria.embedded;

/** The settings of the embedded PostgreSQL: those of a small, safe production server. */
final class PostgresConfiguration {
  private PostgresConfiguration() {}

  /** The whole {@code postgresql.conf}. */
  static String text(int port) {
    return """
    # Written anew at each start: edits do not last.
    listen_addresses = '%s'
    port = %d
    unix_socket_directories = ''
    max_connections = 100
    password_encryption = 'scram-sha-256'

    # A scan that was answered is on disk.
    fsync = on
    synchronous_commit = on
    full_page_writes = on

    shared_buffers = '256MB'
    max_wal_size = '2GB'
    idle_in_transaction_session_timeout = '60s'

    timezone = 'UTC'
    log_timezone = 'UTC'
    log_line_prefix = '%%m [%%p] '
    # Statements and error details quote rows, which are about people.
    log_error_verbosity = terse
    log_min_error_statement = panic
    log_checkpoints = off
    """
        .formatted(Loopback.HOST, port);
  }
}
