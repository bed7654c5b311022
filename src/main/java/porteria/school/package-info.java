/**
 * The school itself: how it comes to be, what it is called, where it stands, and its gates. A
 * school is founded by the operator's command; its admins keep the rest.
 */
@org.jspecify.annotations.NullMarked
package porteria.school;
