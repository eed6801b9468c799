package org.jmapproxy.backend.imap.internal.protocol;

/** Picks from the untagged responses what belongs to the command under way. */
@FunctionalInterface
interface UntaggedHandler {

  /** Takes nothing. */
  UntaggedHandler NONE = response -> false;

  /** True if the response was the command's own; otherwise it goes to the listener. */
  boolean take(Untagged response);
}
