package porteria.bus;

import java.util.UUID;

/** Takes an exception back; the usual hours hold again. */
public record WithdrawException(ByStaff by, UUID exceptionId) {}
