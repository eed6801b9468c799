package org.jmapproxy.server.accounts;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JMAP server that an account lives on.
 *
 * @param sessionUrl where its session is found
 * @param authType how the stored secret is meant
 * @param accountId which account of the session is meant, if not the primary one
 * @param trustedOrigins further servers that may see the login, separated by blanks
 * @param identity what names the account there, as the backend found out; empty before
 */
public record Upstream(
    String sessionUrl,
    AuthType authType,
    Optional<String> accountId,
    Optional<String> trustedOrigins,
    String identity) {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** How a secret is presented to the server. */
  public enum AuthType {
    /** With a name, as a password. */
    BASIC,
    /** Alone, as a token. */
    BEARER;

    /** As the management API writes it. */
    public String text() {
      return this == BASIC ? "basic" : "bearer";
    }

    static Optional<AuthType> of(String text) {
      return switch (text) {
        case "basic" -> Optional.of(BASIC);
        case "bearer" -> Optional.of(BEARER);
        default -> Optional.empty();
      };
    }
  }

  /** The same with what the backend found out. */
  Upstream withIdentity(String found) {
    return new Upstream(sessionUrl, authType, accountId, trustedOrigins, found);
  }

  /** The fields of the management API by name. */
  Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("sessionUrl", sessionUrl);
    fields.put("authType", authType.text());
    accountId.ifPresent(id -> fields.put("upstreamAccountId", id));
    trustedOrigins.ifPresent(origins -> fields.put("trustedOrigins", origins));
    return fields;
  }

  /**
   * Reads the fields of a body; fields that are left out keep their value.
   *
   * @throws InvalidAccountException if one is missing or wrong
   */
  static Upstream read(Fields fields, Optional<Upstream> existing) {
    String sessionUrl =
        fields
            .url("sessionUrl", existing.map(Upstream::sessionUrl))
            .orElseThrow(() -> new InvalidAccountException("sessionUrl required"));
    AuthType authType =
        fields
            .textOr("authType", existing.map(known -> known.authType().text()))
            .map(
                text ->
                    AuthType.of(text)
                        .orElseThrow(
                            () -> new InvalidAccountException("authType must be basic or bearer")))
            .orElse(AuthType.BASIC);
    return new Upstream(
        sessionUrl,
        authType,
        fields.textOr("upstreamAccountId", existing.flatMap(Upstream::accountId)),
        fields.textOr("trustedOrigins", existing.flatMap(Upstream::trustedOrigins)),
        existing.map(Upstream::identity).orElse(""));
  }

  /** The text in the directory. */
  String write() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    fields().forEach(json::put);
    return json.put("identity", identity).toString();
  }

  /** What {@link #write} wrote. */
  static Upstream parse(String text) {
    JsonNode json = MAPPER.readTree(text);
    return new Upstream(
        json.path("sessionUrl").asString(""),
        AuthType.of(json.path("authType").asString("")).orElse(AuthType.BASIC),
        json.path("upstreamAccountId").stringValueOpt(),
        json.path("trustedOrigins").stringValueOpt(),
        json.path("identity").asString(""));
  }
}
