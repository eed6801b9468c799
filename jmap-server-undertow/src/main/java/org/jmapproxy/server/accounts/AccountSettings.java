package org.jmapproxy.server.accounts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an operator says about one account, without its password.
 *
 * @param accountId its identity, {@code [A-Za-z0-9_-]{1,255}}
 * @param email the address shown to JMAP clients; unique among all accounts whatever its case
 * @param type which backend serves it: {@code imap}, or "jmap" for one on a JMAP server
 * @param poolId accounts of one pool are seen together by each of them
 * @param username the login name at the server
 * @param imap the IMAP server
 * @param smtp the submission server
 * @param sieve the ManageSieve server; absent: to be looked for
 * @param caldavUrl base address of the calendars
 * @param carddavUrl base address of the contacts
 * @param readOnly whether clients may change nothing
 * @param identities further addresses that the user may send from
 * @param upstream the JMAP server that the account lives on, if that is where it lives
 */
public record AccountSettings(
    String accountId,
    String email,
    String type,
    String poolId,
    String username,
    Optional<Endpoint> imap,
    Optional<Endpoint> smtp,
    Optional<Endpoint> sieve,
    Optional<String> caldavUrl,
    Optional<String> carddavUrl,
    boolean readOnly,
    List<SenderIdentity> identities,
    Optional<Upstream> upstream) {

  /** Copies the identities. */
  public AccountSettings {
    identities = List.copyOf(identities);
  }

  /** The fields of the management API by name, as a backend is told them. */
  public Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    imap.ifPresent(endpoint -> put(fields, "imap", endpoint));
    smtp.ifPresent(endpoint -> put(fields, "smtp", endpoint));
    sieve.ifPresent(endpoint -> put(fields, "sieve", endpoint));
    caldavUrl.ifPresent(url -> fields.put("caldavURL", url));
    carddavUrl.ifPresent(url -> fields.put("carddavURL", url));
    if (readOnly) {
      fields.put("readOnly", "true");
    }
    if (!identities.isEmpty()) {
      fields.put("identities", SenderIdentity.write(identities).toString());
    }
    upstream.ifPresent(server -> fields.putAll(server.fields()));
    return fields;
  }

  /** These settings in another pool. */
  public AccountSettings withPoolId(String newPoolId) {
    return new AccountSettings(
        accountId,
        email,
        type,
        newPoolId,
        username,
        imap,
        smtp,
        sieve,
        caldavUrl,
        carddavUrl,
        readOnly,
        identities,
        upstream);
  }

  /** These settings with what names the account at its upstream. */
  public AccountSettings withIdentity(String identity) {
    return new AccountSettings(
        accountId,
        email,
        type,
        poolId,
        username,
        imap,
        smtp,
        sieve,
        caldavUrl,
        carddavUrl,
        readOnly,
        identities,
        upstream.map(server -> server.withIdentity(identity)));
  }

  private static void put(Map<String, String> fields, String prefix, Endpoint endpoint) {
    fields.put(prefix + "Host", endpoint.host());
    fields.put(prefix + "Port", Integer.toString(endpoint.port()));
    fields.put(prefix + "SSL", Integer.toString(endpoint.security().code()));
  }

  /** Whether a text may be an account id. */
  public static boolean isAccountId(String text) {
    return text.matches("[A-Za-z0-9_-]{1,255}");
  }
}
