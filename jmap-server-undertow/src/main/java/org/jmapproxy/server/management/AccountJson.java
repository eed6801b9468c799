package org.jmapproxy.server.management;

import java.time.Instant;
import java.util.Locale;
import org.jmapproxy.core.backend.SyncStatus;
import org.jmapproxy.server.accounts.AccountSettings;
import org.jmapproxy.server.accounts.Endpoint;
import org.jmapproxy.server.accounts.SenderIdentity;
import org.jmapproxy.server.lifecycle.AccountAdministration.Listed;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An account as the management API shows it: the contract's fields, then ours. No secrets. */
final class AccountJson {

  private AccountJson() {}

  static ObjectNode of(Listed account) {
    AccountSettings settings = account.settings();
    SyncStatus status = account.status();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("accountid", settings.accountId());
    json.put("email", settings.email());
    json.put("type", settings.type());
    settings.imap().ifPresent(imap -> put(json, "imap", imap));
    settings
        .upstream()
        .ifPresent(
            upstream -> {
              json.put("sessionUrl", upstream.sessionUrl());
              json.put("authType", upstream.authType().text());
              upstream.accountId().ifPresent(id -> json.put("upstreamAccountId", id));
              upstream.trustedOrigins().ifPresent(known -> json.put("trustedOrigins", known));
            });
    json.put("folders", status.folders());
    json.put("messages", status.messages());
    json.put("configured", account.configured() ? 1 : 0);
    json.put("username", settings.username());
    settings.smtp().ifPresent(smtp -> put(json, "smtp", smtp));
    settings.sieve().ifPresent(sieve -> put(json, "sieve", sieve));
    settings.caldavUrl().ifPresent(url -> json.put("caldavURL", url));
    settings.carddavUrl().ifPresent(url -> json.put("carddavURL", url));
    if (!settings.identities().isEmpty()) {
      json.set("identities", SenderIdentity.write(settings.identities()));
    }
    json.put("poolid", settings.poolId());
    json.put("readOnly", settings.readOnly());
    json.put("syncState", status.phase().name().toLowerCase(Locale.ROOT));
    json.put("expectedMessages", status.expectedMessages());
    json.put("syncProgress", progress(status));
    json.put("lastSync", status.lastSync().map(Instant::toString).orElse(null));
    json.put("syncError", status.error().orElse(null));
    return json;
  }

  /** How much of the first sync is done, 0 to 1; 1 only when everything is there. */
  private static double progress(SyncStatus status) {
    if (status.lastSync().isPresent()) {
      return 1;
    }
    long expected = status.expectedMessages();
    return expected == 0 ? 0 : Math.min(99, status.messages() * 100 / expected) / 100.0;
  }

  private static void put(ObjectNode json, String prefix, Endpoint endpoint) {
    json.put(prefix + "Host", endpoint.host());
    json.put(prefix + "Port", endpoint.port());
    json.put(prefix + "SSL", endpoint.security().code());
  }
}
