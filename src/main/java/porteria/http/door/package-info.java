/**
 * What every way in shares: what the door leads to, who comes in and how often, from where, and
 * what each answer carries. Knows neither operations nor pages.
 */
@org.jspecify.annotations.NullMarked
package porteria.http.door;
