package org.jmapproxy.backend.imap.internal.connect;

/**
 * Whether a server is worth being asked for previews (RFC 8970). Some announce PREVIEW and always
 * answer NIL (Cyrus 3.6), which costs a round trip for nothing. Thread-safe.
 */
public final class ServerPreviews {
  /** A server may have no preview of some messages yet (RFC 8970 section 3.1). */
  private static final int ENOUGH = 50;

  private final boolean offered;
  private boolean proven;
  private int withoutPreview;

  ServerPreviews(boolean offered) {
    this.offered = offered;
  }

  /** Whether PREVIEW is offered and not known to be empty. */
  public synchronized boolean areWorthAsking() {
    return offered && (proven || withoutPreview < ENOUGH);
  }

  /**
   * Notes what was told.
   *
   * @param present how many messages had a preview
   * @param absent how many had none, although they have text
   */
  public synchronized void told(int present, int absent) {
    proven |= present > 0;
    withoutPreview = Math.min(ENOUGH, withoutPreview + absent);
  }
}
