package porteria.embedded.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import porteria.config.DatabaseSettings;
import porteria.config.SecuritySettings;

/**
 * Plants the demonstration schools, once: "Colegio Los Aromos" ({@code demo}) with 600 pupils, and
 * "Escuela Río Claro" ({@code other}) with 60, so that schools can be seen not to see each other.
 *
 * <p>Classes are held on all seven weekdays, so that a demonstration has arrivals, late pupils and
 * absences on whatever day it is run. A guardian with a phone chose WhatsApp, and mail too when
 * there is a mailbox; one with only a mailbox chose mail.
 *
 * <p>Works as the owner of the schema, in one transaction. Blocking, about a second.
 */
public final class DemoSeed {

  private static final Logger LOG = LoggerFactory.getLogger(DemoSeed.class);

  /** A pupil's own, the guardians', and some for courses, gates and staff. */
  private static final int IDS_PER_PUPIL = 5;

  private final DatabaseSettings database;
  private final SecuritySettings security;
  private final InstantSource clock;

  /**
   * Prepares the seed.
   *
   * @param security keys of the hashes under which tokens are stored
   */
  public DemoSeed(DatabaseSettings database, SecuritySettings security, InstantSource clock) {
    this.database = database;
    this.security = security;
    this.clock = clock;
  }

  /**
   * Plants the schools if there is no school {@code demo}, and tells the file of them.
   *
   * @return whether they were planted now
   * @throws IllegalStateException when the database refuses; nothing is planted then
   */
  public boolean plant(DemoFile file) {
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      List<DemoSchool> schools = write(connection);
      if (schools.isEmpty()) {
        return false;
      }
      // Before the commit: tokens and passwords are nowhere else.
      file.begin(schools);
      connection.commit();
      LOG.info("planted {} demonstration schools", schools.size());
      return true;
    } catch (SQLException e) {
      throw new IllegalStateException("the demonstration schools could not be planted", e);
    }
  }

  private List<DemoSchool> write(Connection connection) throws SQLException {
    SchoolWriter writer = new SchoolWriter(connection, security, clock.instant());
    List<DemoSchool> schools = new ArrayList<>();
    for (SchoolPlan plan : List.of(SchoolPlan.losAromos(), SchoolPlan.rioClaro())) {
      UUID schoolId = Ids.draw(connection, 1).next();
      if (!writer.found(plan, schoolId)) {
        return List.of();
      }
      Ids ids = Ids.draw(connection, IDS_PER_PUPIL * plan.pupils());
      schools.add(new SchoolMaker(plan, ids).make(schoolId));
    }
    for (DemoSchool school : schools) {
      writer.furnish(school);
    }
    return schools;
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s?connectTimeout=5&socketTimeout=60"
            .formatted(database.host(), database.port(), database.database()),
        database.owner().user(),
        database.owner().password().value());
  }
}
