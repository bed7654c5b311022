package porteria.notification;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import porteria.domain.FailureClass;

/** What a call that got no answer means: not accepted only where no connection ever stood. */
final class Unreachable {

  private Unreachable() {}

  static SendOutcome outcome(Throwable error) {
    for (@Nullable Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (neverConnected(cause)) {
        return new SendOutcome.Failed(FailureClass.TRANSIENT, cause.getClass().getSimpleName(), "");
      }
    }
    return new SendOutcome.Unknown(error.getClass().getSimpleName());
  }

  /** No call was begun, for want of a connection. */
  static SendOutcome unopened(Throwable why) {
    return new SendOutcome.Failed(FailureClass.TRANSIENT, why.getClass().getSimpleName(), "");
  }

  private static boolean neverConnected(Throwable error) {
    return error instanceof ConnectException
        || error instanceof UnknownHostException
        || error instanceof NoRouteToHostException
        // The JDK has one class for both time-outs and tells them apart by the message alone.
        || (error instanceof SocketTimeoutException
            && "Connect timed out".equals(error.getMessage()));
  }
}
