package org.jmapproxy.core.internal.session;

import java.util.List;
import java.util.Optional;
import org.jmapproxy.core.forward.InvocationForwarder;
import org.jmapproxy.core.internal.registry.CoreModule;
import org.jmapproxy.core.internal.registry.Registry;
import org.jmapproxy.core.session.Capability;
import org.jmapproxy.core.session.SessionUrls;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.Principal;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Renders sessions and their states. The state does not depend on the URLs. Thread-safe. */
public final class Sessions {

  private final Registry registry;

  /** Sessions with the capabilities of a registry. */
  public Sessions(Registry registry) {
    this.registry = registry;
  }

  /** The session object (RFC 8620 section 2). */
  public ObjectNode session(Principal principal, VisibleAccounts visible, SessionUrls urls) {
    ObjectNode session = render(principal, visible);
    String state = SessionState.of(session);
    return session
        .put("apiUrl", urls.apiUrl())
        .put("downloadUrl", urls.downloadUrl())
        .put("uploadUrl", urls.uploadUrl())
        .put("eventSourceUrl", urls.eventSourceUrl())
        .put("state", state);
  }

  /** The {@code state} of the session, as every response tells it. */
  public String state(Principal principal, VisibleAccounts visible) {
    return SessionState.of(render(principal, visible));
  }

  private ObjectNode render(Principal principal, VisibleAccounts visible) {
    ObjectNode session = JsonNodeFactory.instance.objectNode();
    ObjectNode capabilities = session.putObject("capabilities");
    List<Account> all = List.copyOf(visible.all());
    registry.capabilities().forEach(one -> capabilities.set(one.urn(), one.session().apply(all)));
    ObjectNode accounts = session.putObject("accounts");
    ObjectNode primaryAccounts = session.putObject("primaryAccounts");
    for (Account account : all) {
      ObjectNode offered = capabilitiesOf(account);
      for (String urn : offered.propertyNames()) {
        if (!capabilities.has(urn)) {
          capabilities.set(urn, sessionObject(account, urn));
        }
        if (!primaryAccounts.has(urn)) {
          primaryAccounts.put(urn, account.id().value());
        }
      }
      ObjectNode shown = accounts.putObject(account.id().value());
      shown
          .put("name", account.name())
          .put("isPersonal", account.isPersonal())
          .put("isReadOnly", account.isReadOnly())
          .set("accountCapabilities", offered);
    }
    return session.put("username", principal.username());
  }

  /** What is not known here stands in the session as the upstream has it. */
  private static ObjectNode sessionObject(Account account, String urn) {
    return account
        .roles()
        .find(InvocationForwarder.ROLE)
        .map(forwarder -> forwarder.sessionCapabilities().get(urn))
        .orElseGet(JsonNodeFactory.instance::objectNode);
  }

  /** A forwarded account shows what its upstream offers; others what the installed modules say. */
  private ObjectNode capabilitiesOf(Account account) {
    ObjectNode offered = JsonNodeFactory.instance.objectNode();
    Optional<InvocationForwarder> forwarder = account.roles().find(InvocationForwarder.ROLE);
    if (forwarder.isPresent()) {
      forwarder.get().capabilities().forEach(offered::set);
      offered.remove(CoreModule.CORE);
      return offered;
    }
    for (Capability capability : registry.capabilities()) {
      capability.account().apply(account).ifPresent(json -> offered.set(capability.urn(), json));
    }
    return offered;
  }
}
