package org.jmapproxy.backend.imap.internal.quota;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.protocol.ServerQuota;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.mail.quota.Quota;
import org.jmapproxy.mail.quota.Quota.ResourceType;
import org.jmapproxy.mail.quota.Quota.Scope;

/** What a quota of IMAP is in JMAP (RFC 9208 section 5, RFC 9425 section 4). */
final class QuotaConversion {
  private static final int KIBI = 1024;
  private static final int ID_OCTETS = 12;

  private QuotaConversion() {}

  /** Empty for resources that JMAP has no data type for. */
  static Optional<Quota> toJmap(ServerQuota quota) {
    return switch (quota.resource()) {
      case "STORAGE" -> Optional.of(quota(quota, ResourceType.OCTETS, KIBI, "Email"));
      case "MESSAGE" -> Optional.of(quota(quota, ResourceType.COUNT, 1, "Email"));
      case "MAILBOX" -> Optional.of(quota(quota, ResourceType.COUNT, 1, "Mailbox"));
      default -> Optional.empty();
    };
  }

  private static Quota quota(ServerQuota quota, ResourceType unit, int factor, String type) {
    return new Quota(
        id(quota),
        unit,
        quota.usage() * factor,
        Optional.empty(),
        Optional.empty(),
        quota.limit() * factor,
        Scope.ACCOUNT,
        quota.root().isBlank() ? "Mail" : quota.root(),
        Optional.empty(),
        Set.of(type));
  }

  /** The same for the same root and resource, for ever; roots may have any name. */
  private static Id id(ServerQuota quota) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((quota.resource() + " " + quota.root()).getBytes(StandardCharsets.UTF_8));
      return Id.of(
          "Q"
              + Base64.getUrlEncoder()
                  .withoutPadding()
                  .encodeToString(Arrays.copyOf(digest, ID_OCTETS)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
