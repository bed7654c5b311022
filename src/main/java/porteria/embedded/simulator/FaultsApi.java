package porteria.embedded.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code PUT /faults}: an object adds one fault, a list replaces them all. Every call but DELETE
 * answers the list that is now active, with what is left of {@code times}.
 */
final class FaultsApi {
  private final Faults faults;

  FaultsApi(Faults faults) {
    this.faults = faults;
  }

  void put(RoutingContext routing) {
    Node body = Node.parse(routing.body().buffer());
    List<Fault> valid = new ArrayList<>();
    List<String> mistakes = new ArrayList<>();
    for (Node item : body.isList() ? body.items() : List.of(body)) {
      switch (FaultReading.read(item)) {
        case FaultReading.Valid good -> valid.add(good.fault());
        case FaultReading.Wrong wrong -> mistakes.addAll(wrong.mistakes());
      }
    }
    if (!mistakes.isEmpty()) {
      String errors = new JsonObject().put("errors", new JsonArray(mistakes)).encode();
      Answer.json(400, errors).send(routing.response());
      return;
    }
    if (body.isList()) {
      faults.replaceAll(valid);
    } else {
      valid.forEach(faults::add);
    }
    list(routing);
  }

  void list(RoutingContext routing) {
    Answer.json(200, faults.json().encode()).send(routing.response());
  }

  void delete(RoutingContext routing) {
    faults.clear();
    routing.response().setStatusCode(204).end();
  }
}
