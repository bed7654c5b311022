/**
 * Who works at a school: their passwords, and the access tokens that stand for them afterwards.
 *
 * <p>A person signs in with mailbox and password and gets an access token, a short-lived JWT that
 * names school, person, role and display name. Nothing about it is stored: whoever holds the
 * server's key can check it without asking the database, so it is good until it expires.
 */
@org.jspecify.annotations.NullMarked
package porteria.identity;
