/**
 * Settings: one validated record for each concern, read once at boot. Every mistake is collected
 * and told together; secrets never print.
 */
@org.jspecify.annotations.NullMarked
package porteria.config;
