package porteria.http.door;

import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * Asks one part that the server leans on whether it answers.
 *
 * @param needed without it no scan can be recorded
 * @param version answers with the part's version, or fails
 */
public record Probe(String name, boolean needed, Supplier<Future<String>> version) {}
