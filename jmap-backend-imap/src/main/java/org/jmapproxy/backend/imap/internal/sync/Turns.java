package org.jmapproxy.backend.imap.internal.sync;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * Who may read older messages now: a few accounts at a time, each for a while, in the order in
 * which they asked. New mail waits for no turn. Waiting costs no thread. Thread-safe.
 */
public final class Turns {
  private final Queue<Turn> waiting = new ArrayDeque<>();
  private int free;

  /** So many may go on at the same time. */
  public Turns(int most) {
    this.free = most;
  }

  /** Asks for a turn; {@code granted} is called when it comes, maybe before this returns. */
  Turn ask(Runnable granted) {
    Turn turn = new Turn(granted);
    synchronized (this) {
      waiting.add(turn);
    }
    grant();
    return turn;
  }

  private void grant() {
    for (Optional<Turn> next = next(); next.isPresent(); next = next()) {
      next.get().granted.run();
    }
  }

  private synchronized Optional<Turn> next() {
    if (free == 0 || waiting.isEmpty()) {
      return Optional.empty();
    }
    free--;
    Turn turn = waiting.remove();
    turn.phase = Phase.GRANTED;
    return Optional.of(turn);
  }

  private enum Phase {
    WAITING,
    GRANTED,
    ENDED
  }

  /** A place in the line, then a turn. */
  final class Turn {
    private final Runnable granted;
    private Phase phase = Phase.WAITING;

    private Turn(Runnable granted) {
      this.granted = granted;
    }

    boolean isGranted() {
      synchronized (Turns.this) {
        return phase == Phase.GRANTED;
      }
    }

    /** Lets the next one go on, or leaves the line. */
    void end() {
      synchronized (Turns.this) {
        if (phase == Phase.WAITING) {
          waiting.remove(this);
        } else if (phase == Phase.GRANTED) {
          free++;
        }
        phase = Phase.ENDED;
      }
      grant();
    }
  }
}
