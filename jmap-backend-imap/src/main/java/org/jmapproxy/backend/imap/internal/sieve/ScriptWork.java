package org.jmapproxy.backend.imap.internal.sieve;

import java.util.Optional;
import java.util.function.Predicate;
import org.jmapproxy.backend.imap.internal.store.ScriptStore.SeenScript;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;

/**
 * Changes to scripts on one connection. After each command what it did is kept, so that nothing
 * that was done is forgotten whatever comes next. Used by one thread.
 */
final class ScriptWork implements AutoCloseable {

  private final ScriptBook book;
  private SieveConnection connection;
  private Scripts now;
  private boolean isLost;

  ScriptWork(ScriptBook book) {
    this.book = book;
    connection = book.server().connect();
    now = book.known();
  }

  /** The scripts as they are. */
  Scripts now() {
    return now;
  }

  SieveConnection connection() {
    return connection;
  }

  boolean offers(String extension) {
    return connection.capabilities().extensions().contains(extension);
  }

  /** Whether the server has the commands that came with RFC 5804: CHECKSCRIPT, RENAMESCRIPT. */
  boolean isModern() {
    return connection.capabilities().has("VERSION");
  }

  /** Reads again what another client has changed since it was read. */
  void catchUp() {
    if (!now.agreesWith(connection.list())) {
      readAll();
    }
  }

  /** Reads everything again. */
  void readAll() {
    now = book.read(connection);
  }

  /** Stores a script; in place of one of this name, or as the one of this id. */
  void put(Optional<Id> id, String name, String text) {
    connection.put(name, text);
    now = book.keep(now.with(id, name, text));
  }

  /** Renames a script, which keeps its id. */
  void rename(String from, String to) {
    connection.rename(from, to);
    now = book.keep(now.renamed(from, to));
  }

  void delete(String name) {
    connection.delete(name);
    now = book.keep(now.without(name));
  }

  /** Lets the server run a script; an empty name: none. */
  void run(String name) {
    connection.activate(name);
    now = book.keep(now.running(name));
  }

  /**
   * A script under another name and perhaps with another text: the new one is there, and runs if
   * the old one did, before the old one goes.
   */
  void replace(SeenScript script, String name, String text, Runnable switchOver) {
    connection.put(name, text);
    try {
      switchOver.run();
    } catch (SieveException e) {
      if (e.kind() == SieveException.Kind.REFUSED) {
        connection.delete(name);
      }
      throw e;
    }
    connection.delete(script.name());
    now = book.keep(now.without(script.name()).with(script.id(), name, text));
  }

  /**
   * Runs a command; when its answer is lost, looks at what it has done.
   *
   * @param isDone whether the scripts are as the command should have made them
   * @return why it was not done
   */
  Optional<SetError> attempt(Runnable command, Predicate<Scripts> isDone) {
    if (isLost) {
      return Optional.of(SetError.serverUnavailable("The connection to the Sieve server broke"));
    }
    try {
      command.run();
      return Optional.empty();
    } catch (SieveException e) {
      if (e.kind() == SieveException.Kind.REFUSED) {
        return Optional.of(ScriptErrors.of(e));
      }
      return lookAfter(e, isDone);
    }
  }

  /** What the server has against a text; it must be modern. */
  Optional<String> problem(String text) {
    try {
      connection.check(text);
      return Optional.empty();
    } catch (SieveException e) {
      if (e.kind() != SieveException.Kind.REFUSED) {
        throw e;
      }
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private Optional<SetError> lookAfter(SieveException lost, Predicate<Scripts> isDone) {
    connection.close();
    try {
      connection = book.server().connect();
      readAll();
    } catch (SieveException | BackendException e) {
      isLost = true;
      return Optional.of(ScriptErrors.partial());
    }
    return isDone.test(now)
        ? Optional.empty()
        : Optional.of(SetError.serverUnavailable(String.valueOf(lost.getMessage())));
  }

  @Override
  public void close() {
    connection.close();
  }
}
