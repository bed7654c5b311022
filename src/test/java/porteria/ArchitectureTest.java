package porteria;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may know whom, and what none may do. The README says why. */
class ArchitectureTest {

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("porteria");

  /** A room and the rooms it may know, beside itself; a room that is missing here is refused. */
  private static final String ROOMS =
      """
      domain       |
      config       | domain
      bus          | domain
      db           | domain config
      limits       |
      outbox       | domain db
      audit        | domain db
      identity     | domain config db outbox audit
      device       | domain config db bus audit
      roster       | domain config db bus outbox audit
      school       | domain config db bus audit
      tag          | domain config db audit
      storage      | domain config
      photo        | domain config db audit storage
      absence      | domain config bus db outbox audit storage
      scan         | domain config db bus outbox audit
      notification | domain config db bus outbox limits audit
      schedule     | domain config db bus outbox audit
      broadcast    | domain config db bus outbox audit
      live         | domain config db bus outbox
      webhook      | domain config bus
      http.door    | domain config bus identity device school roster tag photo absence storage audit webhook limits
      http.page    | domain bus identity device school roster tag photo absence storage audit http.door
      http         | domain config bus identity device school roster tag photo absence storage audit webhook limits http.door http.page
      """;

  @ParameterizedTest(name = "{0} knows only {1}")
  @CsvSource(textBlock = ROOMS, delimiter = '|', emptyValue = "")
  void a_package_knows_only_those_it_may(String room, String others) {
    String[] allowed =
        Stream.concat(Stream.of(room), words(others))
            .map(name -> "porteria." + name)
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage("porteria." + room)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(allowed).or(DescribedPredicate.not(resideInAPackage("porteria.."))))
        .check(CODE);
  }

  @Test
  void every_package_has_its_place_among_these_rules() {
    Set<String> known =
        ROOMS.lines().map(line -> line.split("\\|", 2)[0].strip()).collect(Collectors.toSet());
    Set<String> found =
        packages().stream()
            .filter(each -> !each.getClasses().isEmpty())
            .map(JavaPackage::getName)
            .filter(name -> !name.equals("porteria") && !name.startsWith("porteria.embedded"))
            .map(name -> name.substring("porteria.".length()))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(found).isEqualTo(new TreeSet<>(known));
  }

  @Test
  void domain_and_configuration_stand_on_the_platform_alone() {
    classes()
        .that()
        .resideInAnyPackage("porteria.domain", "porteria.config")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    "porteria.domain",
                    "porteria.config",
                    "java..",
                    "javax.crypto..",
                    "org.jspecify.annotations",
                    "io.vertx.core.json",
                    "io.vertx.core.buffer")
                .or(describe("Vert.x's Future", each -> each.isEquivalentTo(Future.class))))
        .check(CODE);
  }

  @Test
  void nothing_that_goes_into_production_knows_the_embedded_servers() {
    noClasses()
        .that()
        .resideOutsideOfPackage("porteria.embedded..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("porteria.embedded..")
        .check(CODE);
  }

  @ParameterizedTest
  @CsvSource({"morning", "simulator"})
  void those_who_judge_from_outside_share_nothing_but_the_words(String outside) {
    String own = "porteria.embedded." + outside;
    classes()
        .that()
        .resideInAPackage(own)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(own, "porteria.domain")
                .or(DescribedPredicate.not(resideInAPackage("porteria.."))))
        .check(CODE);
  }

  @Test
  void packages_do_not_go_in_circles() {
    slices().matching("porteria.(**)").should().beFreeOfCycles().check(CODE);
  }

  @Test
  void every_package_says_where_null_may_be() {
    List<String> silent =
        packages().stream()
            .filter(each -> !each.getClasses().isEmpty())
            .filter(each -> !each.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            .toList();
    assertThat(silent).as("packages without @NullMarked in package-info.java").isEmpty();
  }

  @Test
  void nothing_is_named_for_being_of_use() {
    List<String> empty = List.of("util", "utils", "common", "helper", "helpers", "manager", "impl");
    assertThat(packages())
        .extracting(JavaPackage::getRelativeName)
        .doesNotContainAnyElementsOf(empty);
    noClasses()
        .should()
        .haveNameMatching("(?i).*(utils?|helpers?|managers?|impl|common)")
        .check(CODE);
  }

  @Test
  void the_time_is_asked_of_the_injected_clock() {
    noClasses()
        .that()
        .resideOutsideOfPackage("porteria.embedded..")
        .and()
        .doNotHaveFullyQualifiedName("porteria.Main")
        .should()
        .callMethodWhere(describe("asks the machine's clock", ArchitectureTest::asksMachine))
        .check(CODE);
  }

  @Test
  void old_dates_stay_where_a_library_asks_for_them() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("porteria.identity.SignedTokens")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Date.class)
        .check(CODE);
    noClasses().should().callConstructor(Date.class).check(CODE);
  }

  @Test
  void only_main_waits_for_a_future() {
    noClasses()
        .that()
        .resideOutsideOfPackage("porteria.embedded..")
        .and()
        .doNotHaveFullyQualifiedName("porteria.Main")
        .should()
        .callMethodWhere(describe("blocks its thread", ArchitectureTest::blocks))
        .check(CODE);
  }

  @Test
  void the_server_speaks_through_its_log() {
    noClasses()
        .that()
        .resideOutsideOfPackage("porteria.embedded..")
        .and()
        // The password of a new admin is for the terminal, not for whoever collects logs.
        .doNotHaveFullyQualifiedName("porteria.Main")
        .should(ACCESS_STANDARD_STREAMS)
        .check(CODE);
  }

  private static boolean asksMachine(JavaMethodCall call) {
    JavaClass owner = call.getTargetOwner();
    boolean now = owner.getPackageName().equals("java.time") && call.getName().equals("now");
    boolean system =
        (owner.isEquivalentTo(Clock.class) || owner.isEquivalentTo(InstantSource.class))
            && call.getName().startsWith("system");
    boolean millis =
        owner.isEquivalentTo(System.class) && call.getName().equals("currentTimeMillis");
    return now || system || millis;
  }

  private static boolean blocks(JavaMethodCall call) {
    JavaClass owner = call.getTargetOwner();
    return (owner.isEquivalentTo(Future.class) && call.getName().equals("await"))
        || (owner.isEquivalentTo(Thread.class) && call.getName().equals("sleep"));
  }

  private static List<JavaPackage> packages() {
    List<JavaPackage> all = new ArrayList<>(CODE.getPackage("porteria").getSubpackagesInTree());
    all.add(CODE.getPackage("porteria"));
    return all;
  }

  private static Stream<String> words(@Nullable String text) {
    return text == null ? Stream.of() : Arrays.stream(text.strip().split(" "));
  }
}
