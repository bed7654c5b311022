package porteria.roster;

import porteria.domain.Channel;

/**
 * A way to reach a guardian. It identifies nobody: two guardians may share one.
 *
 * @param address a phone in E.164, such as {@code +56912345678}, or a mailbox in lower case
 * @param verified somebody has seen to it that it is the guardian's
 */
public record Contact(Channel channel, String address, boolean verified) {}
