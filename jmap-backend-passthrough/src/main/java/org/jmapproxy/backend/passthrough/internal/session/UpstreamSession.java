package org.jmapproxy.backend.passthrough.internal.session;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The session of an upstream (RFC 8620 section 2), checked: it has addresses, and the account that
 * we stand for. Immutable.
 */
public final class UpstreamSession {

  /** What only makes sense between the upstream and its own clients. */
  private static final Set<String> NOT_PASSED_ON =
      Set.of(
          "urn:ietf:params:jmap:core",
          "urn:ietf:params:jmap:websocket",
          "urn:ietf:params:jmap:webpush-vapid");

  private final URI address;
  private final String accountId;
  private final ObjectNode json;
  private final ObjectNode account;
  private final URI apiUrl;
  private final UpstreamLimits limits;
  private final Map<String, ObjectNode> capabilities;
  private final Map<String, ObjectNode> sessionCapabilities;

  /**
   * Reads a session.
   *
   * @param address where it was found
   * @param accountId which of its accounts is meant
   * @throws UnusableSessionException if it lacks what we need
   */
  UpstreamSession(URI address, String accountId, ObjectNode json) {
    this.address = address;
    this.accountId = accountId;
    this.json = json;
    if (!(json.path("accounts").get(accountId) instanceof ObjectNode found)) {
      throw new UnusableSessionException("the session has no account " + accountId);
    }
    account = found;
    apiUrl =
        template("apiUrl")
            .flatMap(template -> template.expand(Map.of()))
            .orElseThrow(() -> new UnusableSessionException("the session has no usable apiUrl"));
    limits = UpstreamLimits.of(json.path("capabilities").path("urn:ietf:params:jmap:core"));
    capabilities = passedOn(account.path("accountCapabilities"));
    sessionCapabilities = passedOn(json.path("capabilities"));
  }

  /** Where it was found, after redirects. */
  public URI address() {
    return address;
  }

  /** The account's id at the upstream. */
  public String accountId() {
    return accountId;
  }

  /** The session as the upstream sent it; not to be changed. */
  public ObjectNode json() {
    return json;
  }

  /** The state of the session; empty if the upstream tells none. */
  public String state() {
    return json.path("state").asString("");
  }

  /** Where requests go. */
  public URI apiUrl() {
    return apiUrl;
  }

  /** Where an upload goes. */
  public Optional<URI> uploadUrl() {
    return template("uploadUrl")
        .flatMap(template -> template.expand(Map.of("accountId", accountId)));
  }

  /** Where a blob comes from. */
  public Optional<URI> downloadUrl(String blobId, String type) {
    Map<String, String> values =
        Map.of("accountId", accountId, "blobId", blobId, "type", type, "name", "download");
    return template("downloadUrl").flatMap(template -> template.expand(values));
  }

  /** Where events of all types come from. */
  public Optional<URI> eventSourceUrl(int pingSeconds) {
    Map<String, String> values =
        Map.of("types", "*", "closeafter", "no", "ping", Integer.toString(pingSeconds));
    return template("eventSourceUrl").flatMap(template -> template.expand(values));
  }

  /** What the upstream can take. */
  public UpstreamLimits limits() {
    return limits;
  }

  /** The account's capabilities, by URN, without those of the connection itself. */
  public Map<String, ObjectNode> capabilities() {
    return capabilities;
  }

  /** The upstream's capabilities, by URN, without those of the connection itself. */
  public Map<String, ObjectNode> sessionCapabilities() {
    return sessionCapabilities;
  }

  /** Whether the account belongs to the user. */
  public boolean isPersonal() {
    return account.path("isPersonal").asBoolean(true);
  }

  /** Whether the user may change nothing in the account. */
  public boolean isReadOnly() {
    return account.path("isReadOnly").asBoolean(false);
  }

  private Optional<UriTemplate> template(String name) {
    return json.path(name).stringValueOpt().map(text -> new UriTemplate(address, text));
  }

  private static Map<String, ObjectNode> passedOn(JsonNode byUrn) {
    Map<String, ObjectNode> capabilities = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> one : byUrn.properties()) {
      if (one.getValue() instanceof ObjectNode object && !NOT_PASSED_ON.contains(one.getKey())) {
        capabilities.put(one.getKey(), object);
      }
    }
    return Collections.unmodifiableMap(capabilities);
  }
}
