package org.jmapproxy.backend.imap.internal.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jmapproxy.backend.imap.internal.connect.Connections;
import org.jmapproxy.backend.imap.internal.connect.Link;
import org.jmapproxy.backend.imap.internal.connect.ServerAbilities;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapBadCommandException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapRefusedException;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchRequest;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchedMessage;
import org.jmapproxy.backend.imap.internal.store.Notes;
import org.jmapproxy.backend.imap.internal.store.ServerIds;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when a server begins to tell which message is which (EMAILID after an upgrade), and then
 * asks once about all messages that were stored without it. Their ids stay; what the server says
 * links the messages that come later. Used by one thread at a time.
 */
final class LearntIds {
  private static final Logger LOG = LoggerFactory.getLogger(LearntIds.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String NOTE = "imap.identity";
  private static final int WINDOW = 2000;

  private final Replica replica;
  private final Connections connections;
  private final ServerAbilities abilities;

  LearntIds(Replica replica, Connections connections, ServerAbilities abilities) {
    this.replica = replica;
    this.connections = connections;
    this.abilities = abilities;
  }

  /** Asks what there is to ask; to be called before new messages are stored. */
  void ask() {
    Notes notes = replica.store().notes();
    Set<String> asked = new TreeSet<>(Arrays.asList(notes.find(NOTE).orElse("").split(" ", -1)));
    Set<String> told = abilities.identityKinds();
    if (asked.containsAll(told)) {
      return;
    }
    Set<StoredFolder> folders = new HashSet<>(replica.store().reader().folders());
    folders.removeIf(
        folder -> !folder.holdsMessages() || replica.store().reader().copies(folder.key()) == 0);
    if (!folders.isEmpty()) {
      LOG.info("The server of account {} now tells {}", replica.store().accountId(), told);
    }
    folders.forEach(this::askAbout);
    asked.addAll(told);
    notes.put(NOTE, String.join(" ", asked).trim());
  }

  private void askAbout(StoredFolder folder) {
    try {
      Instant deadline = replica.clock().instant().plus(PATIENCE);
      connections.use(Optional.of(folder.path()), deadline, link -> askAbout(link, folder));
    } catch (ImapRefusedException | ImapBadCommandException e) {
      LOG.info("A folder cannot be read now: {}", e.getMessage());
    }
  }

  private boolean askAbout(Link link, StoredFolder folder) {
    if (link.select(folder.path()).uidValidity() != folder.position().uidValidity()) {
      return false;
    }
    FetchRequest request = abilities.addIdentity(FetchRequest.builder()).build();
    for (UidSet window : replica.store().reader().uids(folder.key()).chunks(WINDOW)) {
      Map<Long, ServerIds> ids = new HashMap<>();
      link.imap()
          .messages()
          .fetch(window, request, message -> ids.put(message.uid(), serverIds(message)));
      replica.store().writer().addServerIds(folder.key(), ids);
    }
    return true;
  }

  /** What a message's response says of its identity. */
  static ServerIds serverIds(FetchedMessage message) {
    return new ServerIds(
        message.emailId(),
        message.gmailMessageId(),
        message.guid(),
        message.threadId(),
        message.gmailThreadId());
  }
}
