package porteria.http.page;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import porteria.http.door.HttpServices;
import porteria.http.page.FamilyVisits.Visit;
import porteria.school.SchoolRecords;

/** What is kept of a family, for how long, and how to have it erased. */
final class FamilyPrivacy {

  private final FamilyVisits visits;
  private final SchoolRecords schools;
  private final Duration session;

  FamilyPrivacy(FamilyVisits visits, HttpServices services) {
    this.visits = visits;
    this.schools = services.school();
    this.session = services.parents().sessions().life();
  }

  void mount(Router router) {
    visits.page(router, "/privacy", this::show);
  }

  private Future<Void> show(Visit visit) {
    return schools
        .find(visit.schoolId())
        .map(
            school -> {
              Map<String, Object> model = new HashMap<>();
              model.put("here", "privacy");
              model.put("fileDays", Integer.toString(FamilySettings.daysKept(school)));
              model.put("sessionDays", Long.toString(session.toDays()));
              model.put("photosAllowed", school.photosAllowed());
              school.settings().phone().ifPresent(phone -> model.put("phone", phone));
              visits.render(visit, "parent_privacy", model);
              return null;
            });
  }
}
