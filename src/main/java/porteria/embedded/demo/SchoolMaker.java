package porteria.embedded.demo;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import porteria.device.DeviceTokens;
import porteria.domain.CardTokens;
import porteria.domain.Role;
import porteria.embedded.demo.DemoSchool.Course;
import porteria.embedded.demo.DemoSchool.Gate;
import porteria.embedded.demo.DemoSchool.Guardian;
import porteria.embedded.demo.DemoSchool.Pupil;
import porteria.embedded.demo.DemoSchool.Staff;
import porteria.identity.Passwords;

/**
 * Fills a plan with people, family by family: siblings go to different courses and have the same
 * guardians. The people follow from the plan's seed; ids, tokens and passwords are random.
 */
final class SchoolMaker {

  private static final List<Role> STAFF = List.of(Role.INSPECTOR, Role.DIRECTOR, Role.ADMIN);

  /** Of a hundred families, so many have one child, so many two; the others three. */
  private static final int ONE_CHILD = 66;

  private static final int TWO_CHILDREN = 28;

  /** Of a hundred families, so many have one guardian, so many two; the others three. */
  private static final int ONE_GUARDIAN = 10;

  private static final int TWO_GUARDIANS = 67;

  private final SchoolPlan plan;
  private final Ids ids;
  private final SecureRandom secrets = new SecureRandom();
  private final Random random;
  private final Names names;
  private final Contacts contacts;
  private final List<Guardian> guardians = new ArrayList<>();
  private final List<Pupil> pupils = new ArrayList<>();

  /**
   * Prepares to fill a plan.
   *
   * @param ids five a pupil are more than enough
   */
  SchoolMaker(SchoolPlan plan, Ids ids) {
    this.plan = plan;
    this.ids = ids;
    this.random = new Random(plan.seed());
    this.names = new Names(random);
    this.contacts = new Contacts(random, plan.firstPhone());
  }

  /** The school. To be called once. */
  DemoSchool make(UUID schoolId) {
    List<Staff> staff = STAFF.stream().map(this::staff).toList();
    List<Course> courses =
        plan.courses().stream()
            .map(c -> new Course(ids.next(), c.name(), c.grade(), c.inTime(), c.outTime()))
            .toList();
    List<Course> seats = new ArrayList<>();
    courses.forEach(course -> seats.addAll(Collections.nCopies(plan.pupilsPerCourse(), course)));
    Collections.shuffle(seats, random);
    while (!seats.isEmpty()) {
      family(seats);
    }
    return new DemoSchool(
        schoolId,
        plan.slug(),
        plan.name(),
        plan.zone(),
        gates(),
        courses,
        List.copyOf(guardians),
        List.copyOf(pupils),
        staff);
  }

  private void family(List<Course> seats) {
    String ofFather = names.surname();
    String ofMother = names.surname();
    List<Guardian> answerable = guardians(ofFather, ofMother);
    int children = 1 + oneOf(ONE_CHILD, TWO_CHILDREN);
    for (Course course : takeDifferent(seats, children)) {
      pupils.add(
          new Pupil(
              ids.next(),
              names.child(ofFather, ofMother),
              course.id(),
              CardTokens.newToken(secrets),
              CardTokens.newToken(secrets),
              answerable));
    }
  }

  private List<Guardian> guardians(String ofFather, String ofMother) {
    int count = 1 + oneOf(ONE_GUARDIAN, TWO_GUARDIANS);
    List<Guardian> family = new ArrayList<>();
    Optional<String> familyPhone = Optional.empty();
    for (int i = 0; i < count; i++) {
      String name = i % 2 == 0 ? names.woman(ofMother) : names.man(ofFather);
      Contacts.Reach reach = contacts.of(name, familyPhone);
      family.add(new Guardian(ids.next(), name, reach.whatsApp(), reach.email()));
      familyPhone = familyPhone.or(reach::whatsApp);
    }
    guardians.addAll(family);
    return List.copyOf(family);
  }

  /** Takes so many seats, each in a course of its own; fewer when there are no more such. */
  private static Set<Course> takeDifferent(List<Course> seats, int count) {
    Set<Course> taken = new LinkedHashSet<>();
    Iterator<Course> free = seats.iterator();
    while (free.hasNext() && taken.size() < count) {
      if (taken.add(free.next())) {
        free.remove();
      }
    }
    return taken;
  }

  private List<Gate> gates() {
    List<Gate> gates = new ArrayList<>();
    for (int number = 1; number <= plan.gates().size(); number++) {
      gates.add(
          new Gate(
              ids.next(),
              "GATE-" + number,
              plan.gates().get(number - 1),
              ids.next(),
              "DEV-" + number,
              DeviceTokens.newToken(secrets)));
    }
    return List.copyOf(gates);
  }

  private Staff staff(Role role) {
    String password = RandomText.password(secrets);
    String mailbox = role.name().toLowerCase(Locale.ROOT) + "." + plan.slug();
    return new Staff(
        ids.next(),
        role,
        names.woman(names.surname()),
        mailbox + "@example.test",
        password,
        CompletableFuture.supplyAsync(() -> Passwords.hash(password)));
  }

  private int oneOf(int first, int second) {
    int drawn = random.nextInt(100);
    if (drawn < first) {
      return 0;
    }
    return drawn < first + second ? 1 : 2;
  }
}
