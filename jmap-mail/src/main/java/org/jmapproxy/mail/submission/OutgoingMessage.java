package org.jmapproxy.mail.submission;

import java.io.InputStream;
import org.jmapproxy.core.blob.Blob;

/**
 * A message as it goes over the wire: Bcc and Resent-Bcc are gone, lines end with CRLF. Can be read
 * any number of times. Immutable.
 *
 * @param stored the message as it is stored
 */
public record OutgoingMessage(Blob stored) {

  /** A new stream over the message, to be closed by the caller. Read in one pass. */
  public InputStream open() {
    return new OutgoingStream(stored.open());
  }

  /** About how many octets it has: what is stored, before line ends are changed. */
  public long size() {
    return stored.size();
  }
}
