package org.jmapproxy.mail.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.CreateOutcome;
import org.jmapproxy.core.spi.DestroyOutcome;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.core.spi.ReadRole;
import org.jmapproxy.core.spi.UpdateOutcome;
import org.jmapproxy.core.spi.WriteRole;
import org.jmapproxy.mail.vacation.VacationResponse;
import org.jmapproxy.mail.vacation.VacationUpdate;

/** A vacation response in memory; it answers nobody. */
final class MemoryVacation
    implements ReadRole<VacationResponse>, WriteRole<VacationResponse, Void, VacationUpdate> {

  private VacationResponse response = VacationResponse.none();

  @Override
  public synchronized List<VacationResponse> read(CallContext context, ReadRequest request) {
    return request.ids().isEmpty() || request.ids().get().contains(VacationResponse.ID)
        ? List.of(response)
        : List.of();
  }

  @Override
  public Map<String, CreateOutcome<VacationResponse>> create(
      CallContext context, Map<String, Void> creations, Arguments arguments) {
    Map<String, CreateOutcome<VacationResponse>> outcomes = new LinkedHashMap<>();
    creations
        .keySet()
        .forEach(key -> outcomes.put(key, new CreateOutcome.NotCreated<>(SetError.singleton())));
    return outcomes;
  }

  @Override
  public synchronized Map<Id, UpdateOutcome<VacationResponse>> update(
      CallContext context, Map<Id, VacationUpdate> updates, Arguments arguments) {
    Map<Id, UpdateOutcome<VacationResponse>> outcomes = new LinkedHashMap<>();
    updates.forEach(
        (id, update) -> {
          response = update.applyTo(response);
          outcomes.put(id, UpdateOutcome.updated());
        });
    return outcomes;
  }

  @Override
  public Map<Id, DestroyOutcome> destroy(CallContext context, Set<Id> ids, Arguments arguments) {
    Map<Id, DestroyOutcome> outcomes = new LinkedHashMap<>();
    ids.forEach(id -> outcomes.put(id, new DestroyOutcome.NotDestroyed(SetError.singleton())));
    return outcomes;
  }
}
