package org.jmapproxy.core.types;

/** Told what became of each push. Called on the threads that push; must return at once. */
@FunctionalInterface
public interface PushObserver {

  /** What became of a push. */
  enum Outcome {
    /** The push service took it. */
    DELIVERED,
    /** It asked to be told less often (status 429). */
    SLOWED,
    /** It no longer knows the subscription (status 404 or 410), which is destroyed. */
    GONE,
    /** It answered something else, or not in time, or cannot be reached. */
    FAILED
  }

  /** A push was tried. */
  void pushed(Outcome outcome);
}
