package porteria.http.page;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import porteria.device.DeviceStatus;
import porteria.domain.GateHealth;

/** Says in plain words which kiosk needs somebody, and why. */
final class DeviceWords {

  private static final int LOW_BATTERY = 20;

  /** Scans of a kiosk whose clock is further off than this are flagged. */
  private static final int MOST_SKEW_SECONDS = 300;

  private static final int ON_TIME_SECONDS = 5;
  private static final int SECONDS_A_MINUTE = 60;

  private final Map<String, String> texts;
  private final SchoolTime time;

  DeviceWords(Map<String, String> texts, SchoolTime time) {
    this.texts = texts;
    this.time = time;
  }

  /** What is wrong with a kiosk, the worst first. */
  private enum Trouble {
    SILENT,
    QUEUE,
    BATTERY,
    CLOCK,
    NONE
  }

  /** What the page says of each kiosk in use; who needs somebody most comes first. */
  List<Map<String, Object>> inUse(List<DeviceStatus> devices) {
    return devices.stream()
        .filter(device -> device.revokedAt().isEmpty())
        .sorted(
            Comparator.comparing(DeviceWords::trouble)
                .thenComparing(device -> since(device).orElse(Instant.MAX))
                .thenComparing(DeviceStatus::gate)
                .thenComparing(DeviceStatus::code))
        .map(this::model)
        .toList();
  }

  /** What the page says of those that were revoked, the latest first. */
  List<Map<String, Object>> revoked(List<DeviceStatus> devices) {
    return devices.stream()
        .filter(device -> device.revokedAt().isPresent())
        .sorted(
            Comparator.comparing((DeviceStatus device) -> device.revokedAt().orElseThrow())
                .reversed())
        .map(
            device ->
                Map.<String, Object>of(
                    "gate", device.gate(),
                    "name", device.code(),
                    "when", time.when(device.revokedAt().orElseThrow())))
        .toList();
  }

  private Map<String, Object> model(DeviceStatus device) {
    Trouble trouble = trouble(device);
    Map<String, Object> model = new HashMap<>();
    model.put("id", device.id().toString());
    model.put("gate", device.gate());
    model.put("name", device.code());
    model.put("troubled", trouble != Trouble.NONE);
    model.put("icon", icon(trouble));
    model.put("state", state(trouble, device));
    model.put("seen", device.lastSeen().map(time::ago).orElseGet(() -> text("devices.never")));
    model.put("queue", device.queueLength().map(Object::toString).orElse("–"));
    model.put("battery", device.battery().map(percent -> percent + " %").orElse("–"));
    model.put("version", device.version().orElse("–"));
    model.put("clock", device.clockSkewSeconds().map(this::clock).orElse("–"));
    return model;
  }

  private static Trouble trouble(DeviceStatus device) {
    Optional<GateHealth.Reason> dark = device.dark().map(GateHealth.Dark::reason);
    if (dark.isPresent()) {
      return dark.get() == GateHealth.Reason.SILENT ? Trouble.SILENT : Trouble.QUEUE;
    }
    if (device.battery().filter(percent -> percent <= LOW_BATTERY).isPresent()) {
      return Trouble.BATTERY;
    }
    return device
            .clockSkewSeconds()
            .filter(seconds -> Math.absExact((long) seconds) > MOST_SKEW_SECONDS)
            .isPresent()
        ? Trouble.CLOCK
        : Trouble.NONE;
  }

  private static Optional<Instant> since(DeviceStatus device) {
    return device.dark().flatMap(GateHealth.Dark::since);
  }

  private static String icon(Trouble trouble) {
    return switch (trouble) {
      case SILENT -> "offline";
      case NONE -> "live";
      default -> "notice";
    };
  }

  private String state(Trouble trouble, DeviceStatus device) {
    boolean known = since(device).isPresent();
    String key =
        switch (trouble) {
          case SILENT -> known ? "devices.state.silent" : "devices.state.never";
          case QUEUE ->
              device.queueLength().equals(Optional.of(1))
                  ? "devices.state.queue.one"
                  : "devices.state.queue.other";
          case BATTERY -> "devices.state.battery";
          case CLOCK -> "devices.state.clock";
          case NONE -> "devices.state.fine";
        };
    return text(key)
        .replace("{count}", device.queueLength().map(Object::toString).orElse("0"))
        .replace("{time}", since(device).map(time::when).orElse(""));
  }

  private String clock(int skew) {
    long seconds = Math.absExact((long) skew);
    if (seconds <= ON_TIME_SECONDS) {
      return text("devices.clock.right");
    }
    String amount =
        seconds >= SECONDS_A_MINUTE ? seconds / SECONDS_A_MINUTE + " min" : seconds + " s";
    return text(skew > 0 ? "devices.clock.ahead" : "devices.clock.behind")
        .replace("{amount}", amount);
  }

  private String text(String key) {
    return Objects.requireNonNull(texts.get(key), key);
  }
}
