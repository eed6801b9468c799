package org.jmapproxy.backend.imap.internal.store.mail;

import java.util.OptionalLong;
import org.jmapproxy.core.id.Id;

/**
 * Makes blob ids of the internal keys of messages, which outlive their public ids.
 *
 * @param salt keeps the blob ids of one replica apart from those of the next
 */
public record BlobIds(String salt) {

  /** The id of a message's octets. */
  public Id of(long email) {
    return Id.of(salt + "-" + email);
  }

  /** The key of the message behind an id. */
  OptionalLong emailOf(Id blobId) {
    String value = blobId.value();
    if (!value.startsWith(salt + "-")) {
      return OptionalLong.empty();
    }
    String digits = value.substring(salt.length() + 1);
    return digits.length() <= 18 && digits.matches("[1-9][0-9]*")
        ? OptionalLong.of(Long.parseLong(digits))
        : OptionalLong.empty();
  }
}
