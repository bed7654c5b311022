/**
 * What tests stand on: real servers on loopback, started once for all of them and stopped at the
 * end.
 *
 * <pre>{@code
 * @ExtendWith(TestServersExtension.class)
 * class SomethingTest {
 *   @Test
 *   void does_something(TestServers servers) {
 *     PostgresAccess database = servers.freshDatabase();
 *     RedisAccess redis = servers.freshRedis();
 *   }
 * }
 * }</pre>
 */
@NullMarked
package porteria.testkit;

import org.jspecify.annotations.NullMarked;
