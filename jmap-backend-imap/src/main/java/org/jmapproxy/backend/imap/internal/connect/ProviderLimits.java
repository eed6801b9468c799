package org.jmapproxy.backend.imap.internal.connect;

import java.util.List;
import java.util.Locale;

/**
 * How many connections to one account large providers bear, less what the user's other programs
 * need. By the end of the host name; what is not listed may have as many as are configured.
 */
public final class ProviderLimits {
  private record Provider(String domain, int most) {}

  private static final List<Provider> KNOWN =
      List.of(
          // Gmail: 15 to one account.
          new Provider("gmail.com", 8),
          new Provider("googlemail.com", 8),
          // Exchange Online: 20 to one mailbox, Exchange Server: 16 by default.
          new Provider("outlook.com", 8),
          new Provider("office365.com", 8),
          new Provider("hotmail.com", 8),
          // Yahoo and AOL: observed to refuse from 5 to 10 on.
          new Provider("yahoo.com", 3),
          new Provider("yahoodns.net", 3),
          new Provider("aol.com", 3),
          // iCloud: observed to refuse from 5 on.
          new Provider("me.com", 3),
          new Provider("icloud.com", 3));

  private ProviderLimits() {}

  /** The configured number, or less if the host's provider bears less. */
  public static int most(String host, int configured) {
    String name = host.toLowerCase(Locale.ROOT);
    return KNOWN.stream()
        .filter(one -> name.equals(one.domain()) || name.endsWith("." + one.domain()))
        .mapToInt(one -> Math.min(configured, one.most()))
        .findFirst()
        .orElse(configured);
  }
}
