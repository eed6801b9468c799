package org.jmapproxy.backend.imap.internal.sieve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/**
 * The vacation response as a Sieve script of its own. It is enabled when that script is the active
 * one; the user's own active script goes on running, included in it. Thread-safe.
 */
public final class SieveVacation
    implements ReadRole<VacationResponse>, WriteRole<VacationResponse, Void, VacationUpdate> {

  private final ScriptBook book;
  private final List<String> addresses;

  /**
   * The vacation response of an account.
   *
   * @param addresses the user's own, to be answered for
   */
  public SieveVacation(ScriptBook book, List<String> addresses) {
    this.book = book;
    this.addresses = List.copyOf(addresses);
  }

  /** Whether a server can answer at all. */
  public static boolean isPossible(SieveCapabilities capabilities) {
    return capabilities.extensions().contains("vacation");
  }

  @Override
  public List<VacationResponse> read(CallContext context, ReadRequest request) {
    if (request.ids().isPresent() && !request.ids().get().contains(VacationResponse.ID)) {
      return List.of();
    }
    VacationResponse current =
        book.server().use(connection -> current(connection, connection.list()).response());
    return List.of(current);
  }

  @Override
  public Map<Id, UpdateOutcome<VacationResponse>> update(
      CallContext context, Map<Id, VacationUpdate> updates, Arguments arguments) {
    Map<Id, UpdateOutcome<VacationResponse>> outcomes = new LinkedHashMap<>();
    updates.forEach(
        (id, update) ->
            outcomes.put(
                id,
                book.<UpdateOutcome<VacationResponse>>change(
                    work -> new Change(work.connection()).apply(work, update))));
    return outcomes;
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
  public Map<Id, DestroyOutcome> destroy(CallContext context, Set<Id> ids, Arguments arguments) {
    Map<Id, DestroyOutcome> outcomes = new LinkedHashMap<>();
    ids.forEach(id -> outcomes.put(id, new DestroyOutcome.NotDestroyed(SetError.singleton())));
    return outcomes;
  }

  private static VacationSettings current(SieveConnection connection, List<ListedScript> scripts) {
    Optional<ListedScript> own =
        scripts.stream().filter(script -> script.name().equals(VacationScript.NAME)).findFirst();
    return VacationSettings.of(
        own.flatMap(script -> connection.get(script.name())).orElse(""),
        own.map(ListedScript::isActive).orElse(false));
  }

  /** One change, on one connection. */
  private final class Change {

    private final SieveConnection connection;
    private final List<ListedScript> scripts;

    Change(SieveConnection connection) {
      this.connection = connection;
      this.scripts = connection.list();
    }

    UpdateOutcome<VacationResponse> apply(ScriptWork work, VacationUpdate update) {
      VacationSettings before = current(connection, scripts);
      VacationResponse after = update.applyTo(before.response());
      VacationSettings settings =
          new VacationSettings(after, after.isEnabled() ? included(before) : Optional.empty());
      List<String> missing = new ArrayList<>(VacationScript.required(settings));
      missing.removeAll(connection.capabilities().extensions());
      if (!missing.isEmpty()) {
        return refused(
            SetError.forbidden(
                "The mail server's Sieve lacks " + String.join(", ", missing) + why(missing)));
      }
      Optional<SetError> refusal =
          work.attempt(
              () -> {
                write(settings, before);
                work.readAll();
              },
              now -> isWritten(now, settings));
      return refusal.map(SieveVacation::refused).orElseGet(UpdateOutcome::updated);
    }

    /** What ran before, and must go on running. */
    private Optional<String> included(VacationSettings before) {
      Optional<String> active =
          scripts.stream().filter(ListedScript::isActive).map(ListedScript::name).findFirst();
      return active.isEmpty() || active.get().equals(VacationScript.NAME)
          ? before.included().filter(this::exists)
          : active;
    }

    private boolean exists(String name) {
      return scripts.stream().anyMatch(script -> script.name().equals(name));
    }

    /** First what the user had runs again, then the script is changed that no longer runs. */
    private void write(VacationSettings settings, VacationSettings before) {
      boolean isEnabled = settings.response().isEnabled();
      boolean wasEnabled = before.response().isEnabled();
      if (wasEnabled && !isEnabled) {
        connection.activate(before.included().filter(this::exists).orElse(""));
      }
      connection.put(VacationScript.NAME, VacationScript.of(settings, addresses));
      if (isEnabled && !wasEnabled) {
        connection.activate(VacationScript.NAME);
      }
    }

    private boolean isWritten(Scripts now, VacationSettings settings) {
      return now.find(VacationScript.NAME)
          .filter(script -> script.runs() == settings.response().isEnabled())
          .filter(script -> script.text().equals(VacationScript.of(settings, addresses)))
          .isPresent();
    }

    private String why(List<String> missing) {
      return missing.contains("include")
          ? ": the user's active script could not go on running"
          : "";
    }
  }

  private static UpdateOutcome<VacationResponse> refused(SetError error) {
    return new UpdateOutcome.NotUpdated<>(error);
  }
}
