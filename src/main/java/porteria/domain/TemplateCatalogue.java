package porteria.domain;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The sentences that the WhatsApp account must have approved for families to be told. */
public record TemplateCatalogue(List<WhatsAppTemplate> templates) {

  /** The languages that families are told in. */
  public static final List<String> LANGUAGES = List.of("es", "en", "pt");

  /** The one category that needs no consent to advertising. */
  public static final String UTILITY = "UTILITY";

  private static final List<String> FIELDS =
      List.of("name", "language", "whatsapp_language", "category", "parameters", "body");
  private static final String FOOTER = "footer";

  /**
   * The codes of our languages in Meta's list of languages of templates, which has no {@code pt}.
   */
  private static final Map<String, List<String>> WHATSAPP_LANGUAGES =
      Map.of(
          "es",
              List.of(
                  "es", "es_AR", "es_CL", "es_CO", "es_CR", "es_DO", "es_EC", "es_ES", "es_HN",
                  "es_MX", "es_PA", "es_PE", "es_UY"),
          "en",
              List.of(
                  "en", "en_AE", "en_AU", "en_CA", "en_GB", "en_GH", "en_IE", "en_IN", "en_JM",
                  "en_MY", "en_NZ", "en_QA", "en_SG", "en_UG", "en_US", "en_ZA"),
          "pt", List.of("pt_BR", "pt_PT"));

  /** To Meta's reviewers punctuation alone is no word. */
  private static final Pattern WORD = Pattern.compile("\\p{L}");

  public TemplateCatalogue {
    templates = List.copyOf(templates);
  }

  /** The sentence of a name in a language. */
  public Optional<WhatsAppTemplate> find(String name, String language) {
    return templates.stream()
        .filter(each -> each.name().equals(name) && each.language().equals(language))
        .findFirst();
  }

  /**
   * Reads a JSON array of templates.
   *
   * @param mistakes told, in a sentence each, all that is wrong with it; what comes back then is
   *     not to be used
   */
  public static TemplateCatalogue parse(String text, Consumer<String> mistakes) {
    TemplateCatalogue catalogue = new TemplateCatalogue(read(text, mistakes));
    Set<String> seen = new HashSet<>();
    for (WhatsAppTemplate each : catalogue.templates) {
      String key = each.name() + "/" + each.language();
      if (!seen.add(key)) {
        mistakes.accept(key + " is there twice");
      }
      check(key, each, mistakes);
      checkLanguage(key, each, mistakes);
      checkSurroundings(key, each, mistakes);
    }
    for (MessageTemplate sent : MessageTemplate.values()) {
      for (String language : LANGUAGES) {
        if (sent.byWhatsApp() && !seen.contains(sent.code() + "/" + language)) {
          mistakes.accept(sent.code() + "/" + language + " is missing");
        }
      }
    }
    return catalogue;
  }

  private static List<WhatsAppTemplate> read(String text, Consumer<String> mistakes) {
    List<WhatsAppTemplate> templates = new ArrayList<>();
    try {
      for (Object each : new JsonArray(text)) {
        if (each instanceof JsonObject json && hasAll(json)) {
          templates.add(template(json));
        } else {
          mistakes.accept("each template has %s, and perhaps a footer".formatted(FIELDS));
        }
      }
    } catch (DecodeException | ClassCastException | NullPointerException unreadable) {
      mistakes.accept("it is not a JSON array of templates");
    }
    return templates;
  }

  private static boolean hasAll(JsonObject json) {
    return FIELDS.stream().allMatch(field -> json.getValue(field) != null)
        && json.size() == FIELDS.size() + (json.containsKey(FOOTER) ? 1 : 0);
  }

  private static WhatsAppTemplate template(JsonObject json) {
    return new WhatsAppTemplate(
        json.getString("name"),
        json.getString("language"),
        json.getString("whatsapp_language"),
        json.getString("category"),
        json.getJsonArray("parameters").stream().map(String.class::cast).toList(),
        json.getString("body"),
        Optional.ofNullable(json.getString(FOOTER)));
  }

  private static void check(String key, WhatsAppTemplate each, Consumer<String> mistakes) {
    if (!each.category().equals(UTILITY)) {
      mistakes.accept("%s has the category %s: allowed is UTILITY".formatted(key, each.category()));
    }
    List<Integer> wanted = IntStream.rangeClosed(1, each.parameters().size()).boxed().toList();
    if (!each.places().stream().sorted().distinct().toList().equals(wanted)) {
      mistakes.accept(
          "%s has %d parameters, but the places %s in its body"
              .formatted(key, wanted.size(), each.places()));
    }
    MessageTemplate.of(each.name())
        .ifPresent(
            sent -> {
              for (String parameter : each.parameters()) {
                if (!sent.facts().contains(parameter)) {
                  mistakes.accept(
                      "%s names the parameter \"%s\": allowed are %s"
                          .formatted(key, parameter, sent.facts().stream().sorted().toList()));
                }
              }
            });
  }

  private static void checkLanguage(String key, WhatsAppTemplate each, Consumer<String> mistakes) {
    List<String> allowed = WHATSAPP_LANGUAGES.getOrDefault(each.language(), List.of());
    if (!allowed.contains(each.whatsAppLanguage())) {
      mistakes.accept(
          "%s has the whatsapp_language \"%s\": allowed are %s"
              .formatted(key, each.whatsAppLanguage(), allowed));
    }
  }

  /** WhatsApp approves no body with a place that does not stand among words. */
  private static void checkSurroundings(
      String key, WhatsAppTemplate each, Consumer<String> mistakes) {
    List<Boolean> worded =
        each.wordsAroundPlaces().stream().map(text -> WORD.matcher(text).find()).toList();
    if (!worded.getFirst()) {
      mistakes.accept(key + " begins with a parameter: words must come first");
    }
    if (!worded.getLast()) {
      mistakes.accept(key + " ends with a parameter: words must follow, not only punctuation");
    }
    if (worded.size() > 2 && worded.subList(1, worded.size() - 1).contains(false)) {
      mistakes.accept(key + " has parameters side by side: words must stand between them");
    }
  }
}
