package org.jmapproxy.server.accounts;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The body of {@code POST /api/accounts}: settings and password of a new account, or changes to one
 * that exists. A field that is left out keeps the value it has, or gets its default; null resets
 * it.
 *
 * @param settings the checked settings
 * @param password the password; empty means that the stored one stays
 */
public record NewAccount(AccountSettings settings, Optional<String> password) {

  private static final String IMAP = "imap";
  private static final String JMAP = "jmap";
  private static final int SIEVE_PORT = 4190;

  /**
   * Reads and checks the fields.
   *
   * @param existing the account that has this id, if any
   * @throws InvalidAccountException if a field is missing or wrong
   */
  public static NewAccount read(ObjectNode body, Optional<AccountSettings> existing) {
    Fields fields = new Fields(body);
    String type = type(fields, existing);
    String email =
        fields
            .textOr("email", existing.map(AccountSettings::email))
            .orElseThrow(() -> new InvalidAccountException("email required"));
    if (email.codePoints().anyMatch(Character::isWhitespace)) {
      throw new InvalidAccountException("email must not contain blanks");
    }
    String accountId = accountId(body);
    Optional<Endpoint> imap =
        fields.endpoint("imap", existing.flatMap(AccountSettings::imap), 993, Security.TLS);
    AccountSettings settings =
        new AccountSettings(
            accountId,
            email,
            type,
            poolId(fields, existing).orElse(accountId),
            fields.textOr("username", existing.map(AccountSettings::username)).orElse(email),
            imap,
            fields.endpoint(
                "smtp", existing.flatMap(AccountSettings::smtp), 587, Security.STARTTLS),
            sieve(fields, imap, existing.flatMap(AccountSettings::sieve)),
            fields.url("caldavURL", existing.flatMap(AccountSettings::caldavUrl)),
            fields.url("carddavURL", existing.flatMap(AccountSettings::carddavUrl)),
            fields.flag("readOnly", existing.map(AccountSettings::readOnly)),
            fields.identities(existing.map(AccountSettings::identities).orElse(List.of())),
            upstream(fields, type, existing));
    return new NewAccount(settings, fields.text("password"));
  }

  /** Who names a session means another JMAP server, whatever the type says. */
  private static String type(Fields fields, Optional<AccountSettings> existing) {
    Optional<String> known = existing.map(AccountSettings::type);
    String type = fields.has("sessionUrl") ? JMAP : fields.textOr("type", known).orElse(IMAP);
    if (known.isPresent() && known.get().equals(JMAP) != type.equals(JMAP)) {
      throw new InvalidAccountException(
          "an account cannot move to a server of another kind; delete it first");
    }
    return type;
  }

  private static Optional<Upstream> upstream(
      Fields fields, String type, Optional<AccountSettings> existing) {
    if (!type.equals(JMAP)) {
      return Optional.empty();
    }
    if (fields.flag("readOnly", Optional.empty())) {
      throw new InvalidAccountException(
          "readOnly is not possible for an account on another JMAP server: it decides itself");
    }
    return Optional.of(Upstream.read(fields, existing.flatMap(AccountSettings::upstream)));
  }

  /**
   * The account id of a body, before anything else of it is read.
   *
   * @throws InvalidAccountException if it is missing or cannot be an id
   */
  public static String accountId(ObjectNode body) {
    JsonNode value = body.path("accountid");
    if (!value.isString() || value.stringValue().isEmpty()) {
      throw new InvalidAccountException("accountid required");
    }
    return checkedId("accountid", value.stringValue());
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "NewAccount[" + settings + "]";
  }

  /** Beside the IMAP server if only a port is given, and without TLS where that has none. */
  private static Optional<Endpoint> sieve(
      Fields fields, Optional<Endpoint> imap, Optional<Endpoint> existing) {
    Security usual =
        imap.map(Endpoint::security).filter(Security.PLAIN::equals).orElse(Security.STARTTLS);
    Optional<String> beside = fields.has("sievePort") ? imap.map(Endpoint::host) : Optional.empty();
    return fields.endpoint("sieve", existing, beside, SIEVE_PORT, usual);
  }

  private static Optional<String> poolId(Fields fields, Optional<AccountSettings> existing) {
    return fields
        .textOr("poolid", existing.map(AccountSettings::poolId))
        .map(poolId -> checkedId("poolid", poolId));
  }

  private static String checkedId(String field, String value) {
    if (!AccountSettings.isAccountId(value)) {
      throw new InvalidAccountException(
          field + " must be 1 to 255 letters, digits, hyphens or underscores");
    }
    return value;
  }
}
