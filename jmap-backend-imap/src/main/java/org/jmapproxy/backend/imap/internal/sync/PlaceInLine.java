package org.jmapproxy.backend.imap.internal.sync;

import java.util.Optional;

/** One account among those that take turns. Thread-safe. */
final class PlaceInLine {
  private final Turns turns;
  private final Runnable granted;
  private Optional<Turns.Turn> turn = Optional.empty();
  private boolean left;

  /** {@code granted} is called when a turn comes that was not there at once. */
  PlaceInLine(Turns turns, Runnable granted) {
    this.turns = turns;
    this.granted = granted;
  }

  /** Asks for a turn, unless that was done; whether it has come. */
  boolean take() {
    Optional<Turns.Turn> mine;
    synchronized (this) {
      if (left) {
        return false;
      }
      mine = turn;
    }
    if (mine.isEmpty()) {
      mine = Optional.of(turns.ask(granted));
      synchronized (this) {
        turn = mine;
      }
      if (hasLeft()) {
        end();
        return false;
      }
    }
    return mine.filter(Turns.Turn::isGranted).isPresent();
  }

  /** Lets others go on, or asks no more. */
  void end() {
    Optional<Turns.Turn> mine;
    synchronized (this) {
      mine = turn;
      turn = Optional.empty();
    }
    mine.ifPresent(Turns.Turn::end);
  }

  /** Takes no turns any more. */
  void leave() {
    synchronized (this) {
      left = true;
    }
    end();
  }

  private synchronized boolean hasLeft() {
    return left;
  }
}
