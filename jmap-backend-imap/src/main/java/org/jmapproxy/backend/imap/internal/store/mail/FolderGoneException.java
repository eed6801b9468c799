package org.jmapproxy.backend.imap.internal.store.mail;

import org.jmapproxy.core.error.BackendException;

/** A folder that was to be changed has vanished. */
public final class FolderGoneException extends BackendException {

  private static final long serialVersionUID = 1L;

  FolderGoneException() {
    super(Reason.UNAVAILABLE, "the mailbox has vanished meanwhile");
  }
}
