package porteria.bus;

import java.util.List;

/**
 * Asks to how many people WhatsApp may still be sent.
 *
 * @param phones to which a broadcast would go
 */
public record ViewQuota(List<String> phones) {

  public ViewQuota {
    phones = List.copyOf(phones);
  }

  /** Names nobody. */
  @Override
  public String toString() {
    return "ViewQuota of " + phones.size();
  }
}
