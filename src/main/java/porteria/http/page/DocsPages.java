package porteria.http.page;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Objects;

/**
 * The contract of the API, for those who write programs: to be read and tried out at {@code /docs},
 * to be taken along at {@code /openapi.yaml}. It is public, as the contract is; what is tried out
 * needs a token as everywhere.
 */
public final class DocsPages {

  private static final String CONTRACT = "openapi.yaml";

  /** The router wants a whole address; readers use the server that they read it from. */
  private static final String SERVER = "- url: http://localhost/api/v1";

  private static final String THIS_SERVER = "- url: /api/v1";

  /** There is no registered file ending that servers know of; the type is of RFC 9512. */
  private static final String YAML = "application/yaml; charset=utf-8";

  private static final CharSequence ASKED_EACH_TIME = HttpHeaders.createOptimized("no-cache");

  private final Pages pages;
  private final Map<String, String> texts = Messages.load().in("en");
  private final Future<Asset> contract;

  public DocsPages(Vertx vertx, Pages pages) {
    this.pages = pages;
    this.contract = vertx.executeBlocking(DocsPages::read, false).map(Objects::requireNonNull);
  }

  public void mount(Router router) {
    router.get("/docs").handler(Pages.PAGE).handler(this::show);
    router.get("/" + CONTRACT).handler(this::contract);
  }

  private void show(RoutingContext context) {
    pages.render(context, "docs", texts, Map.of());
  }

  private void contract(RoutingContext context) {
    contract.onSuccess(asset -> asset.answer(context, ASKED_EACH_TIME)).onFailure(context::fail);
  }

  private static Asset read() {
    String text = Asset.read(CONTRACT).orElseThrow().plain().toString();
    return Asset.of(YAML, Buffer.buffer(text.replace(SERVER, THIS_SERVER)));
  }
}
