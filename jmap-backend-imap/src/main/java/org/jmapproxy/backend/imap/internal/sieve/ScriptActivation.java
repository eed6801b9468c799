package org.jmapproxy.backend.imap.internal.sieve;

import java.util.List;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.store.ScriptStore.SeenScript;

/**
 * Makes a script the one that the user thinks is active. A server runs one script. While that is
 * the vacation response, the user's script is included in it, so that both go on working:
 *
 * <ul>
 *   <li>a script that is activated becomes the included one; where scripts cannot include others it
 *       runs instead of the vacation response, which is then over (RFC 9661 section 2.4);
 *   <li>a script that is deactivated is no longer included; the vacation response goes on;
 *   <li>the vacation response, activated as a script, runs alone; deactivated, it is over.
 * </ul>
 */
final class ScriptActivation {

  private static final String INCLUDE = "include";

  private final ScriptWork work;
  private final List<String> addresses;

  /**
   * Works on a connection.
   *
   * @param addresses the user's own, for the vacation response
   */
  ScriptActivation(ScriptWork work, List<String> addresses) {
    this.work = work;
    this.addresses = addresses;
  }

  /** Activates a script that exists. */
  void activate(SeenScript script) {
    Optional<SeenScript> vacation = work.now().runningVacation();
    if (script.name().equals(VacationScript.NAME)) {
      include(script, Optional.empty());
      work.run(script.name());
    } else if (vacation.isPresent() && work.offers(INCLUDE)) {
      include(vacation.get(), Optional.of(script.name()));
    } else {
      work.run(script.name());
    }
  }

  /** Deactivates the active script. */
  void deactivate() {
    Scripts now = work.now();
    Optional<SeenScript> vacation = now.runningVacation();
    if (vacation.isPresent() && !now.active().equals(vacation)) {
      include(vacation.get(), Optional.empty());
    } else if (now.running().isPresent()) {
      work.run("");
    }
  }

  /** Lets the vacation response include a script, or none. */
  void include(SeenScript vacation, Optional<String> name) {
    if (!VacationSettings.isIn(vacation.text())) {
      return;
    }
    VacationSettings settings = VacationSettings.of(vacation.text(), vacation.runs());
    String text = VacationScript.of(new VacationSettings(settings.response(), name), addresses);
    if (!text.equals(vacation.text())) {
      work.put(vacation.id(), vacation.name(), text);
    }
  }
}
