package porteria;

import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import porteria.config.Settings;

/**
 * Servers that are started around this one so that it runs with nothing installed. Its one
 * implementation is found by name and is absent from the production image. All calls block.
 */
public interface Surroundings extends AutoCloseable {

  /** What the time is, for the server and all around it. */
  InstantSource clock();

  /** Starts them. Answers the settings that lead to them, laid over the configuration file. */
  JsonObject start();

  /** Fills an empty database, once; called when the schema is up to date. */
  void seed(Settings settings);

  /** Says where everything is; called when the server listens. */
  void announce(int port);

  @Override
  void close();
}
