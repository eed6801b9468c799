package org.jmapproxy.backend.imap.internal.connect;

import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import org.jmapproxy.backend.imap.internal.protocol.Capabilities;
import org.jmapproxy.backend.imap.internal.protocol.StatusItem;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapBadCommandException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapRefusedException;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchRequest;

/**
 * What a server can tell about mailboxes and messages: what it announces, and what was found by
 * trying.
 *
 * @param capabilities as announced after login
 * @param guids whether it tells Dovecot's X-GUID of mailboxes and messages, which nobody announces
 * @param previews what its previews are worth
 */
public record ServerAbilities(Capabilities capabilities, boolean guids, ServerPreviews previews) {

  /** Tries what is not announced. No mailbox may be selected. */
  public static ServerAbilities find(Link link) {
    Capabilities capabilities = link.imap().capabilities();
    return new ServerAbilities(
        capabilities, tellsGuids(link), new ServerPreviews(capabilities.has("PREVIEW")));
  }

  private static boolean tellsGuids(Link link) {
    try {
      return link.imap()
          .mailboxes()
          .status("INBOX", EnumSet.of(StatusItem.X_GUID))
          .flatMap(status -> status.guid())
          .isPresent();
    } catch (ImapRefusedException | ImapBadCommandException e) {
      return false;
    }
  }

  /** What to ask of each mailbox. */
  public Set<StatusItem> statusItems() {
    EnumSet<StatusItem> items = EnumSet.copyOf(StatusItem.offeredBy(capabilities));
    if (guids) {
      items.add(StatusItem.X_GUID);
    }
    return items;
  }

  /** Whether LIST tells the status of mailboxes too. */
  public boolean listsStatus() {
    return capabilities.has("LIST-STATUS");
  }

  /** Adds to a request all that says which message is which. */
  public FetchRequest.Builder addIdentity(FetchRequest.Builder request) {
    if (capabilities.has("OBJECTID")) {
      request.objectIds();
    }
    if (capabilities.has("X-GM-EXT-1")) {
      request.gmail();
    }
    if (guids) {
      request.guid();
    }
    return request;
  }

  /** The kinds of things that {@link #addIdentity} asks for. */
  public Set<String> identityKinds() {
    Set<String> kinds = new TreeSet<>();
    if (capabilities.has("OBJECTID")) {
      kinds.add("EMAILID");
    }
    if (capabilities.has("X-GM-EXT-1")) {
      kinds.add("X-GM-MSGID");
    }
    if (guids) {
      kinds.add("X-GUID");
    }
    return kinds;
  }

  /**
   * Flags, with their mod-sequence where there is one: a server must refuse the question in a
   * mailbox that keeps none (RFC 7162 section 3.1.2.2).
   */
  public FetchRequest.Builder flags(Link link) {
    FetchRequest.Builder request = FetchRequest.builder().flags();
    if (capabilities.has("X-GM-EXT-1")) {
      request.gmailLabels();
    }
    return capabilities.hasCondstore() && link.keepsModSeqs() ? request.modSeq() : request;
  }
}
