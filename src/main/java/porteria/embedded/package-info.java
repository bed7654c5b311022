/**
 * The real servers of {@code make run} and of the tests: PostgreSQL, Redis and an S3 server,
 * started on loopback by this process and stopped with it. Absent from the production image.
 *
 * <p>Everything lives under one data directory, which one process at a time may hold:
 *
 * <pre>
 * data/
 *   .lock                          held while the servers run ({@link porteria.embedded.DataDirectory})
 *   postgres/cluster/              the cluster ("PGDATA"), with postgres.log beside it
 *   redis/                         append-only file, redis.conf, redis.pid, redis.log
 *   s3/&lt;bucket&gt;/                   one file per object
 * </pre>
 *
 * <p>PostgreSQL and Redis run in sessions of their own, so that Ctrl-C reaches this process first
 * and they outlive its last transaction. The price is that they also outlive a SIGKILL of this
 * process: the next start on the same directory finds them by their pid files, makes sure that the
 * pid still is that server on that directory, stops it in the orderly way and starts anew. Data is
 * never deleted.
 */
@NullMarked
package porteria.embedded;

import org.jspecify.annotations.NullMarked;
