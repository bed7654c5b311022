package porteria.bus;

import java.util.List;

/** Keeps what a provider told at once; answered when that is committed. */
public record ReportDeliveries(List<DeliveryReport> reports) {
  public ReportDeliveries {
    reports = List.copyOf(reports);
  }
}
