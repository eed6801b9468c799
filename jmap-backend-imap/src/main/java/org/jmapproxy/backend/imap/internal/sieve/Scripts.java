package org.jmapproxy.backend.imap.internal.sieve;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.store.KeptScript;
import org.jmapproxy.backend.imap.internal.store.ScriptStore.SeenScript;
import org.jmapproxy.core.id.Id;

/**
 * All scripts of an account at one moment. Knows which of them the user thinks is active: the one
 * that the server runs, or the one that it includes if that is the vacation response.
 *
 * @param all as last seen
 */
record Scripts(List<SeenScript> all) {

  Scripts {
    all = List.copyOf(all);
  }

  static Scripts of(List<KeptScript> kept) {
    return new Scripts(kept.stream().map(SeenScript::of).toList());
  }

  Optional<SeenScript> find(String name) {
    return all.stream().filter(script -> script.name().equals(name)).findFirst();
  }

  Optional<SeenScript> find(Id id) {
    return all.stream().filter(script -> script.id().equals(Optional.of(id))).findFirst();
  }

  /** The one that the server runs. */
  Optional<SeenScript> running() {
    return all.stream().filter(SeenScript::runs).findFirst();
  }

  /** The vacation response, if the server runs it and we wrote it. */
  Optional<SeenScript> runningVacation() {
    return running()
        .filter(script -> script.name().equals(VacationScript.NAME))
        .filter(script -> VacationSettings.isIn(script.text()));
  }

  /** The one that the user thinks is active. */
  Optional<SeenScript> active() {
    return runningVacation()
        .flatMap(vacation -> VacationSettings.of(vacation.text(), true).included())
        .flatMap(this::find)
        .or(this::running);
  }

  /** Whether the vacation response that runs includes it. */
  boolean isIncluded(SeenScript script) {
    return runningVacation().isPresent()
        && !script.name().equals(VacationScript.NAME)
        && active().filter(script::equals).isPresent();
  }

  /** With a script of this name and text, new or changed. */
  Scripts with(Optional<Id> id, String name, String text) {
    Optional<SeenScript> old = find(name);
    List<SeenScript> scripts = new ArrayList<>(all);
    old.ifPresent(scripts::remove);
    scripts.add(
        new SeenScript(
            id.or(() -> old.flatMap(SeenScript::id)),
            name,
            text,
            old.map(SeenScript::runs).orElse(false),
            false));
    return new Scripts(scripts);
  }

  Scripts without(String name) {
    return new Scripts(all.stream().filter(script -> !script.name().equals(name)).toList());
  }

  Scripts renamed(String from, String to) {
    return new Scripts(
        all.stream()
            .map(
                script ->
                    script.name().equals(from)
                        ? new SeenScript(
                            script.id(), to, script.text(), script.runs(), script.isActive())
                        : script)
            .toList());
  }

  /** With another one that the server runs; an empty name: none. */
  Scripts running(String name) {
    return new Scripts(
        all.stream()
            .map(
                script ->
                    new SeenScript(
                        script.id(),
                        script.name(),
                        script.text(),
                        script.name().equals(name),
                        script.isActive()))
            .toList());
  }

  /** The same, with what the user thinks of each. */
  List<SeenScript> judged() {
    Optional<String> active = active().map(SeenScript::name);
    return all.stream()
        .map(
            script ->
                new SeenScript(
                    script.id(),
                    script.name(),
                    script.text(),
                    script.runs(),
                    active.equals(Optional.of(script.name()))))
        .toList();
  }

  /** Whether the server's list says the same. */
  boolean agreesWith(List<ListedScript> listed) {
    List<ListedScript> own =
        all.stream().map(script -> new ListedScript(script.name(), script.runs())).toList();
    return own.size() == listed.size() && own.containsAll(listed);
  }
}
