/** PostgreSQL: the roles' pools, transactions within one school, migrations, what errors mean. */
@org.jspecify.annotations.NullMarked
package porteria.db;
