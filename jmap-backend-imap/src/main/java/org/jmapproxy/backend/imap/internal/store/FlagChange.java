package org.jmapproxy.backend.imap.internal.store;

import java.util.Optional;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchedMessage;

/**
 * The flags that a message has now.
 *
 * @param uid its UID; one that the replica does not know is passed over
 * @param flags all its flags as IMAP writes them
 * @param modSeq its mod-sequence, 0 if not told; what is older than the row's is passed over
 * @param labels all its Gmail labels; absent: as they were
 */
public record FlagChange(long uid, Set<String> flags, long modSeq, Optional<Set<String>> labels) {

  /** Flags alone. */
  public FlagChange(long uid, Set<String> flags, long modSeq) {
    this(uid, flags, modSeq, Optional.empty());
  }

  /** What a response says, if it tells flags. */
  public static Optional<FlagChange> of(FetchedMessage message) {
    return message
        .flags()
        .map(
            flags ->
                new FlagChange(
                    message.uid(),
                    Set.copyOf(flags),
                    message.modSeq().orElse(0),
                    message.gmailLabels().map(Set::copyOf)));
  }
}
