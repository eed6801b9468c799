package org.jmapproxy.server.http;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * What one owner may have of the workers: so many tasks at work, so many more that wait without a
 * thread. Thread-safe.
 */
final class Share implements Executor {
  private final Executor workers;
  private final int mostAtWork;
  private final int mostWaiting;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int atWork;

  Share(Executor workers, int mostAtWork, int mostWaiting) {
    this.workers = workers;
    this.mostAtWork = mostAtWork;
    this.mostWaiting = mostWaiting;
  }

  /** Whether nothing is at work; then nothing waits either. */
  synchronized boolean isIdle() {
    return atWork == 0;
  }

  /**
   * Takes a place for what the current thread is about to do, to be given back with {@link #leave}.
   */
  synchronized boolean enter() {
    if (atWork == mostAtWork) {
      return false;
    }
    atWork++;
    return true;
  }

  /** Gives a place back: to a task that waits, if there is one. */
  void leave() {
    Runnable next;
    synchronized (this) {
      next = waiting.poll();
      if (next == null) {
        atWork--;
        return;
      }
    }
    try {
      workers.execute(() -> run(next));
    } catch (RejectedExecutionException e) {
      // It was accepted before: this thread has to do it.
      run(next);
    }
  }

  /**
   * Runs a task when there is a place for it.
   *
   * @throws RejectedExecutionException when too many wait already
   */
  @Override
  public void execute(Runnable task) {
    synchronized (this) {
      if (atWork == mostAtWork) {
        if (waiting.size() == mostWaiting) {
          throw new RejectedExecutionException("too many requests of one login wait");
        }
        waiting.add(task);
        return;
      }
      atWork++;
    }
    try {
      workers.execute(() -> run(task));
    } catch (RejectedExecutionException e) {
      leave();
      throw e;
    }
  }

  private void run(Runnable task) {
    try {
      task.run();
    } finally {
      leave();
    }
  }
}
