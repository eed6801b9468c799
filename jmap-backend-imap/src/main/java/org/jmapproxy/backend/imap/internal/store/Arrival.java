package org.jmapproxy.backend.imap.internal.store;

import java.time.Instant;
import java.util.Set;
import org.jmapproxy.mail.mime.BodyPart;

/**
 * A message found in a folder.
 *
 * @param uid its UID
 * @param flags its flags as IMAP writes them
 * @param modSeq its mod-sequence; 0 without CONDSTORE
 * @param internalDate INTERNALDATE
 * @param size RFC822.SIZE in octets
 * @param header the octets of the whole header; not copied, must not be changed later
 * @param structure the MIME structure; where the server's cannot be read, a text/plain part
 * @param preview the beginning of its text
 * @param serverIds what the server says about its identity
 * @param labels its Gmail labels; empty elsewhere
 */
@SuppressWarnings("ArrayRecordComponent") // one array per message of a first sync; never compared
public record Arrival(
    long uid,
    Set<String> flags,
    long modSeq,
    Instant internalDate,
    long size,
    byte[] header,
    BodyPart structure,
    String preview,
    ServerIds serverIds,
    Set<String> labels) {

  /** A message without labels. */
  public Arrival(
      long uid,
      Set<String> flags,
      long modSeq,
      Instant internalDate,
      long size,
      byte[] header,
      BodyPart structure,
      String preview,
      ServerIds serverIds) {
    this(uid, flags, modSeq, internalDate, size, header, structure, preview, serverIds, Set.of());
  }
}
