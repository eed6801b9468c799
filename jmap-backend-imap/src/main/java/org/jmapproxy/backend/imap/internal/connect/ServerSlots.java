package org.jmapproxy.backend.imap.internal.connect;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * How many connections all accounts together have to one server. Who finds no room makes others
 * close connections that rest, and waits in line. Thread-safe.
 */
public final class ServerSlots {
  private final Semaphore room;
  private final Semaphore roomToWatch;
  private final Set<BooleanSupplier> resting = ConcurrentHashMap.newKeySet();
  private final IntConsumer changes;

  /**
   * Room for so many. A quarter is kept from connections that only watch, which are kept for long.
   *
   * @param changes is told by how much the number of connections changes
   */
  public ServerSlots(int most, IntConsumer changes) {
    this.changes = changes;
    this.room = new Semaphore(most, true);
    this.roomToWatch = new Semaphore(most - (most + 3) / 4, true);
  }

  /** What a connection is for. */
  enum Kind {
    /** A short piece of work. */
    WORK,
    /** Waiting for news. */
    WATCH
  }

  /** Notes who has resting connections; it closes one when asked, and tells if it could. */
  void join(BooleanSupplier closesOne) {
    resting.add(closesOne);
  }

  void leave(BooleanSupplier closesOne) {
    resting.remove(closesOne);
  }

  /** Takes room for a connection; false if there is none in time. */
  boolean enter(Kind kind, Duration patience) throws InterruptedException {
    if (kind == Kind.WATCH && !roomToWatch.tryAcquire()) {
      return false;
    }
    boolean entered = false;
    try {
      entered = room.tryAcquire(0, TimeUnit.MILLISECONDS);
      if (!entered) {
        makeRoom();
        entered = room.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
      }
      if (entered) {
        changes.accept(1);
      }
      return entered;
    } finally {
      if (kind == Kind.WATCH && !entered) {
        roomToWatch.release();
      }
    }
  }

  /** Gives room back. */
  void exit(Kind kind) {
    changes.accept(-1);
    room.release();
    if (kind == Kind.WATCH) {
      roomToWatch.release();
    }
  }

  /** Whether somebody waits for room: connections must not rest then. */
  boolean isCrowded() {
    return room.hasQueuedThreads();
  }

  private void makeRoom() {
    for (BooleanSupplier one : resting) {
      if (one.getAsBoolean()) {
        return;
      }
    }
  }
}
