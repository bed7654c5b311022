package porteria.embedded.simulator;

/**
 * A message template the simulated WhatsApp account has approved.
 *
 * @param name as sent in {@code template.name}, such as {@code ingreso_ok}
 * @param language as sent in {@code template.language.code}, such as {@code es}
 * @param body the sentence, with the placeholders {@code {{1}}}, {@code {{2}}} … counted from one
 */
public record SimulatedTemplate(String name, String language, String body) {}
