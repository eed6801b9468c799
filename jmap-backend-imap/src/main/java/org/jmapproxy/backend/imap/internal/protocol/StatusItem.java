package org.jmapproxy.backend.imap.internal.protocol;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** What STATUS may ask. */
public enum StatusItem {
  MESSAGES,
  UIDNEXT,
  UIDVALIDITY,
  UNSEEN,
  /** CONDSTORE. */
  HIGHESTMODSEQ,
  /** OBJECTID. */
  MAILBOXID,
  /** Dovecot, not announced: try once. */
  X_GUID,
  /** STATUS=SIZE. */
  SIZE;

  /** Everything that a server with these capabilities can tell; X-GUID is not among it. */
  public static Set<StatusItem> offeredBy(Capabilities capabilities) {
    EnumSet<StatusItem> items = EnumSet.of(MESSAGES, UIDNEXT, UIDVALIDITY, UNSEEN);
    if (capabilities.hasCondstore()) {
      items.add(HIGHESTMODSEQ);
    }
    if (capabilities.has("OBJECTID")) {
      items.add(MAILBOXID);
    }
    return items;
  }

  static String toImap(Set<StatusItem> items) {
    return items.stream()
        .sorted()
        .map(item -> item.name().replace('_', '-'))
        .collect(Collectors.joining(" ", "(", ")"));
  }
}
