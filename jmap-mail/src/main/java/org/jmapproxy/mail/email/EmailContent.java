package org.jmapproxy.mail.email;

import java.util.Optional;
import java.util.OptionalLong;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.mail.header.HeaderBlock;

/** What can be read of one Email's message. For one thread. */
public interface EmailContent {

  /**
   * The decoded content of a part; empty if there is no such part.
   *
   * @param partId its number, such as {@code 2.1}
   * @throws BackendException if it cannot be read now
   */
  Optional<Blob> part(String partId);

  /**
   * How many octets {@link #part} has, if that can be told without much ado.
   *
   * @param partId its number, such as {@code 2.1}
   */
  OptionalLong size(String partId);

  /**
   * The header of a part.
   *
   * @param section its IMAP section number; the empty string for the message itself
   * @throws BackendException if it cannot be read now
   */
  Optional<HeaderBlock> header(String section);

  /**
   * Why some of the parts or headers that were requested together cannot be read now, although
   * others perhaps can; empty if all can, or if that is not known.
   */
  default Optional<BackendException> missing() {
    return Optional.empty();
  }
}
