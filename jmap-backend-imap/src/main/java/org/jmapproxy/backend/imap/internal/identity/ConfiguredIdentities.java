package org.jmapproxy.backend.imap.internal.identity;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.store.IdentityStore.ConfiguredIdentity;
import org.jmapproxy.core.backend.AccountConfiguration;
import org.jmapproxy.mail.identity.Senders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The addresses that an account's settings give to its user: its own, and {@code identities}. */
public final class ConfiguredIdentities {

  private static final Logger LOG = LoggerFactory.getLogger(ConfiguredIdentities.class);

  private ConfiguredIdentities() {}

  /** All of them, the account's own address first unless the settings place it elsewhere. */
  public static List<ConfiguredIdentity> of(AccountConfiguration account) {
    List<ConfiguredIdentity> configured = new ArrayList<>();
    for (JsonNode json : setting(account)) {
      String email = json.path("email").asString("");
      if (email.contains("@")) {
        configured.add(new ConfiguredIdentity(email, json.path("name").asString("")));
      }
    }
    boolean hasOwn =
        configured.stream().anyMatch(one -> one.email().equalsIgnoreCase(account.email()));
    if (!hasOwn && account.email().contains("@")) {
      configured.add(0, new ConfiguredIdentity(account.email(), ""));
    }
    return List.copyOf(configured);
  }

  /** From which addresses the user may send. */
  public static Senders senders(List<ConfiguredIdentity> configured) {
    Set<String> patterns = new LinkedHashSet<>();
    configured.forEach(one -> patterns.add(one.email()));
    return new Senders(patterns);
  }

  private static JsonNode setting(AccountConfiguration account) {
    String text = account.settings().getOrDefault("identities", "[]");
    try {
      return JsonMapper.shared().readTree(text);
    } catch (JacksonException e) {
      LOG.warn("Account {}: identities is no JSON", account.accountId());
      return JsonMapper.shared().createArrayNode();
    }
  }
}
