package org.jmapproxy.backend.imap.internal.sync;

import java.util.Map;
import org.jmapproxy.backend.imap.internal.connect.Link;
import org.jmapproxy.backend.imap.internal.connect.ServerAbilities;
import org.jmapproxy.backend.imap.internal.protocol.SearchCriteria;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchRequest;
import org.jmapproxy.mail.mime.Preview;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads messages of the selected mailbox with all that the replica keeps of them, in as few round
 * trips as can be. What the server fails to tell is asked again with fewer items; what it never
 * tells is counted and logged.
 */
final class MessageReader {
  private static final Logger LOG = LoggerFactory.getLogger(MessageReader.class);
  private static final int MOST_SECTIONS = 16;

  private final ServerAbilities abilities;

  MessageReader(ServerAbilities abilities) {
    this.abilities = abilities;
  }

  /** Takes what was read, in one part as a rule. */
  interface Parts {
    void take(MessageWindow part, boolean isLast);
  }

  /**
   * Reads these messages; those that are gone meanwhile are left out. What would take too much
   * memory at once comes in several parts.
   */
  void read(Link link, UidSet uids, Parts parts) {
    MessageWindow window = read(link, uids);
    UidSet left = window.left();
    while (!left.isEmpty()) {
      parts.take(window, false);
      UidSet some = left.chunks(Math.max(1, window.size() * 2)).get(0);
      window = read(link, some);
      left = left.minus(some).union(window.left());
    }
    parts.take(window, true);
  }

  private MessageWindow read(Link link, UidSet uids) {
    MessageWindow window = new MessageWindow();
    link.imap().messages().fetch(uids, everything(link).build(), window::add);
    askAgain(link, uids.minus(window.uids()).minus(window.left()), window);
    readPreviews(link, window);
    return window;
  }

  private FetchRequest.Builder everything(Link link) {
    return abilities
        .addIdentity(abilities.flags(link))
        .internalDate()
        .size()
        .bodyStructure()
        .header();
  }

  private void askAgain(Link link, UidSet missing, MessageWindow window) {
    if (missing.isEmpty()) {
      return;
    }
    FetchRequest.Builder withoutStructure =
        abilities.addIdentity(abilities.flags(link)).internalDate().size().header();
    link.imap().messages().fetch(missing, withoutStructure.build(), window::add);
    UidSet silent = missing.minus(window.uids()).minus(window.left());
    if (!silent.isEmpty()) {
      UidSet there = link.imap().messages().search(SearchCriteria.all().uids(silent));
      if (!there.isEmpty()) {
        LOG.warn("The server does not tell of {} messages: UIDs {}", there.size(), there);
      }
    }
  }

  private void readPreviews(Link link, MessageWindow window) {
    if (abilities.previews().areWorthAsking() && !window.isEmpty()) {
      link.imap()
          .messages()
          .fetch(window.uids(), FetchRequest.builder().preview().build(), window::addPreview);
      abilities.previews().told(window.previews(), window.textsWithoutPreview());
    }
    Map<String, UidSet> wanted = window.textsWanted();
    wanted.entrySet().stream()
        .sorted((a, b) -> Long.compare(b.getValue().size(), a.getValue().size()))
        .limit(MOST_SECTIONS)
        .forEach(section -> readTexts(link, section.getKey(), section.getValue(), window));
  }

  private static void readTexts(Link link, String section, UidSet uids, MessageWindow window) {
    FetchRequest request =
        FetchRequest.builder().section(section, 0, Preview.PREFIX_OCTETS).build();
    link.imap().messages().fetch(uids, request, message -> window.addText(message, section));
  }
}
