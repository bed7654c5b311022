/**
 * What people see in a browser: pages and the forms on them. They say what the operations of the
 * contract say, in the reader's words, and reach the same services.
 */
@org.jspecify.annotations.NullMarked
package porteria.http.page;
