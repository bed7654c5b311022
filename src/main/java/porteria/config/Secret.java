package porteria.config;

import java.nio.charset.StandardCharsets;

/** A value that must not be shown. Its text form is a mask. */
public record Secret(String value) {

  public byte[] bytes() {
    return value.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return "••••";
  }
}
