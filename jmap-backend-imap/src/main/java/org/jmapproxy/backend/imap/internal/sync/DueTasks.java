package org.jmapproxy.backend.imap.internal.sync;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an account has to do, most urgent first, and the one thread at a time that is borrowed to do
 * it. Thread-safe.
 */
final class DueTasks {
  private static final Logger LOG = LoggerFactory.getLogger(DueTasks.class);

  enum Task {
    /** Some mailboxes have stirred. */
    STIR,
    /** Everything is to be compared. */
    ROUND,
    /** Older messages are still to be read. */
    OLDER
  }

  private final Executor threads;
  private final Runnable work;
  private final EnumSet<Task> due = EnumSet.noneOf(Task.class);
  private boolean running;
  private boolean closed;

  /**
   * Nothing is to be done yet.
   *
   * @param work does what is due until {@link #rest} says that nothing is left
   */
  DueTasks(Executor threads, Runnable work) {
    this.threads = threads;
    this.work = work;
  }

  /** Something is to be done; begins at once unless something else is being done. */
  void add(Task task) {
    synchronized (this) {
      if (closed) {
        return;
      }
      due.add(task);
      if (running) {
        return;
      }
      running = true;
    }
    try {
      threads.execute(work);
    } catch (RejectedExecutionException e) {
      LOG.debug("There is no thread", e);
      synchronized (this) {
        running = false;
      }
    }
  }

  /** Takes the most urgent task. */
  synchronized Optional<Task> next() {
    Optional<Task> next = closed ? Optional.empty() : due.stream().findFirst();
    next.ifPresent(due::remove);
    return next;
  }

  /** Takes this task; whether it was due. */
  synchronized boolean take(Task task) {
    return !closed && due.remove(task);
  }

  /** Whether something is due that older messages must wait for. */
  synchronized boolean hasUrgent() {
    return due.contains(Task.STIR) || due.contains(Task.ROUND);
  }

  /** Gives the thread back, unless something came to be done meanwhile. */
  synchronized boolean rest() {
    running = !closed && !due.isEmpty();
    notifyAll();
    return !running;
  }

  /** Nothing of this is to be done any more. */
  synchronized void clear() {
    due.clear();
  }

  /** Begins nothing more; what is under way may go on. */
  synchronized void close() {
    closed = true;
    due.clear();
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Waits a while for what is under way. */
  synchronized void awaitRest(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    try {
      for (long left = patience.toMillis(); running && left > 0; ) {
        wait(left);
        left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
