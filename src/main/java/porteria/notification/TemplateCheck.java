package porteria.notification;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import porteria.config.WhatsAppSettings;
import porteria.domain.TemplateCatalogue;
import porteria.domain.WhatsAppTemplate;

/**
 * Asks the WhatsApp account for its templates and says in what they are not as the catalogue wants
 * them. After Meta's published API (business messaging, v23.0): {@code GET
 * /{business-account-id}/message_templates}, paged by cursors.
 */
public final class TemplateCheck {

  /**
   * A template of the catalogue, and what is wrong with it in the account.
   *
   * @param language as WhatsApp names it
   */
  public record Difference(String name, String language, String what) {}

  private static final int PAGE = 100;
  private static final int MOST_PAGES = 100;
  private static final long PATIENCE_SECONDS = 30;

  private final WebClient client;
  private final WhatsAppSettings account;
  private final String url;

  /**
   * @param businessAccount id of the account that the templates belong to
   */
  public TemplateCheck(Vertx vertx, WhatsAppSettings account, String businessAccount) {
    this.client = WebClient.create(vertx, new WebClientOptions().setFollowRedirects(false));
    this.account = account;
    this.url =
        "%s/%s/%s/message_templates"
            .formatted(
                account.baseUrl().toString().replaceFirst("/+$", ""),
                account.version(),
                businessAccount);
  }

  /**
   * Compares them.
   *
   * @return nothing when all is well; fails when the account does not tell
   */
  public Future<List<Difference>> run() {
    return fetch(new ArrayList<>(), Optional.empty(), 1)
        .map(this::compare)
        .eventually(
            () -> {
              client.close();
              return Future.succeededFuture();
            });
  }

  private Future<List<JsonObject>> fetch(List<JsonObject> known, Optional<String> after, int page) {
    HttpRequest<Buffer> request =
        client
            .getAbs(url)
            .putHeader(HttpHeaders.AUTHORIZATION.toString(), "Bearer " + account.token().value())
            .addQueryParam("fields", "name,language,status,category,components")
            .addQueryParam("limit", Integer.toString(PAGE));
    after.ifPresent(cursor -> request.addQueryParam("after", cursor));
    return request
        .send()
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .map(TemplateCheck::body)
        .compose(
            body -> {
              objects(body, "data").forEach(known::add);
              Optional<String> next = next(body);
              return next.isEmpty() || page == MOST_PAGES
                  ? Future.succeededFuture(known)
                  : fetch(known, next, page + 1);
            });
  }

  private static JsonObject body(HttpResponse<Buffer> answer) {
    JsonObject body = Optional.ofNullable(answer.bodyAsJsonObject()).orElseGet(JsonObject::new);
    if (answer.statusCode() != 200) {
      JsonObject error = body.getJsonObject("error", new JsonObject());
      throw new IllegalStateException(
          "the account answers HTTP %d, code %s: %s"
              .formatted(
                  answer.statusCode(), error.getValue("code"), error.getString("message", "")));
    }
    return body;
  }

  /** The address of the next page would carry the token: only its cursor is taken. */
  private static Optional<String> next(JsonObject body) {
    JsonObject paging = body.getJsonObject("paging", new JsonObject());
    return Optional.ofNullable(paging.getString("next"))
        .map(more -> paging.getJsonObject("cursors", new JsonObject()).getString("after"));
  }

  private List<Difference> compare(List<JsonObject> found) {
    List<Difference> differences = new ArrayList<>();
    for (WhatsAppTemplate wanted : account.templates().templates()) {
      Optional<JsonObject> there =
          found.stream()
              .filter(
                  each ->
                      wanted.name().equals(each.getString("name"))
                          && wanted.whatsAppLanguage().equals(each.getString("language")))
              .findFirst();
      List<String> wrong =
          there.map(each -> compare(wanted, each)).orElseGet(() -> List.of("is missing"));
      wrong.forEach(
          what -> differences.add(new Difference(wanted.name(), wanted.whatsAppLanguage(), what)));
    }
    return List.copyOf(differences);
  }

  private static List<String> compare(WhatsAppTemplate wanted, JsonObject there) {
    List<String> wrong = new ArrayList<>();
    String status = there.getString("status", "without a status");
    if (!status.equals("APPROVED")) {
      wrong.add("is " + status);
    }
    String category = there.getString("category", "none");
    if (!category.equals(TemplateCatalogue.UTILITY)) {
      wrong.add("has the category " + category);
    }
    String body = component(there, "BODY").orElse("");
    int parameters = Set.copyOf(wanted.withBody(body).places()).size();
    if (parameters != wanted.parameters().size()) {
      wrong.add("takes %d parameters, not %d".formatted(parameters, wanted.parameters().size()));
    }
    if (!body.equals(wanted.body())) {
      wrong.add("says: " + body);
    }
    if (!component(there, "FOOTER").equals(wanted.footer())) {
      wrong.add("has the footer: " + component(there, "FOOTER").orElse("none"));
    }
    Set<String> others =
        objects(there, "components").stream()
            .map(each -> each.getString("type", "?"))
            .filter(type -> !Set.of("BODY", "FOOTER").contains(type))
            .collect(Collectors.toSet());
    others.forEach(type -> wrong.add("has a part we do not fill: " + type));
    return wrong;
  }

  private static Optional<String> component(JsonObject template, String type) {
    return objects(template, "components").stream()
        .filter(each -> type.equals(each.getString("type")))
        .findFirst()
        .map(each -> each.getString("text", ""));
  }

  private static List<JsonObject> objects(JsonObject holder, String name) {
    return holder.getJsonArray(name, new JsonArray()).stream()
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .toList();
  }
}
