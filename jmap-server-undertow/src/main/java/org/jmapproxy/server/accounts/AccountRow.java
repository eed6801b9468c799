package org.jmapproxy.server.accounts;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jmapproxy.core.backend.SyncStatus;
import org.jmapproxy.core.backend.SyncStatus.Phase;
import org.jspecify.annotations.Nullable;

/** One row of the account table, both ways. */
final class AccountRow {

  static final String UPSERT =
      """
      INSERT INTO account (accountid, email, emailkey, type, poolid, username, secret,
        imaphost, imapport, imapssl, smtphost, smtpport, smtpssl, caldavurl, carddavurl,
        readonly, identities, sievehost, sieveport, sievessl, upstream)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (accountid) DO UPDATE SET email = excluded.email, emailkey = excluded.emailkey,
        type = excluded.type, poolid = excluded.poolid, username = excluded.username,
        secret = excluded.secret, imaphost = excluded.imaphost, imapport = excluded.imapport,
        imapssl = excluded.imapssl, smtphost = excluded.smtphost, smtpport = excluded.smtpport,
        smtpssl = excluded.smtpssl, caldavurl = excluded.caldavurl, carddavurl = excluded.carddavurl,
        readonly = excluded.readonly, identities = excluded.identities,
        sievehost = excluded.sievehost, sieveport = excluded.sieveport,
        sievessl = excluded.sievessl, upstream = excluded.upstream
      """;

  static final String STATUS =
      """
      UPDATE account SET folders = ?, messages = ?, expected = ?, phase = ?, lastsync = ?,
        lasterror = ? WHERE accountid = ?
      """;

  private AccountRow() {}

  /** By which two addresses are the same. */
  static String emailKey(String email) {
    return email.toLowerCase(Locale.ROOT);
  }

  static void bind(PreparedStatement statement, AccountSettings settings, String sealedSecret)
      throws SQLException {
    statement.setString(1, settings.accountId());
    statement.setString(2, settings.email());
    statement.setString(3, emailKey(settings.email()));
    statement.setString(4, settings.type());
    statement.setString(5, settings.poolId());
    statement.setString(6, settings.username());
    statement.setString(7, sealedSecret);
    bind(statement, 8, settings.imap());
    bind(statement, 11, settings.smtp());
    statement.setString(14, settings.caldavUrl().orElse(null));
    statement.setString(15, settings.carddavUrl().orElse(null));
    statement.setBoolean(16, settings.readOnly());
    statement.setString(17, SenderIdentity.write(settings.identities()).toString());
    bind(statement, 18, settings.sieve());
    statement.setString(21, settings.upstream().map(Upstream::write).orElse(null));
  }

  static void bind(PreparedStatement statement, String accountId, SyncStatus status)
      throws SQLException {
    statement.setInt(1, status.folders());
    statement.setLong(2, status.messages());
    statement.setLong(3, status.expectedMessages());
    statement.setString(4, status.phase().name());
    statement.setObject(5, status.lastSync().map(Instant::getEpochSecond).orElse(null));
    statement.setString(6, status.error().orElse(null));
    statement.setString(7, accountId);
  }

  static StoredAccount read(ResultSet row) throws SQLException {
    AccountSettings settings =
        new AccountSettings(
            row.getString("accountid"),
            row.getString("email"),
            row.getString("type"),
            row.getString("poolid"),
            row.getString("username"),
            endpoint(row, "imap"),
            endpoint(row, "smtp"),
            endpoint(row, "sieve"),
            Optional.ofNullable(row.getString("caldavurl")),
            Optional.ofNullable(row.getString("carddavurl")),
            row.getBoolean("readonly"),
            SenderIdentity.parse(row.getString("identities")),
            Optional.ofNullable(row.getString("upstream")).map(Upstream::parse));
    return new StoredAccount(settings, row.getString("secret"), status(row));
  }

  private static SyncStatus status(ResultSet row) throws SQLException {
    long lastSync = row.getLong("lastsync");
    boolean neverSynced = row.wasNull();
    return new SyncStatus(
        Phase.valueOf(row.getString("phase")),
        row.getInt("folders"),
        row.getLong("messages"),
        row.getLong("expected"),
        neverSynced ? Optional.empty() : Optional.of(Instant.ofEpochSecond(lastSync)),
        Optional.ofNullable(row.getString("lasterror")));
  }

  private static void bind(PreparedStatement statement, int from, Optional<Endpoint> endpoint)
      throws SQLException {
    statement.setString(from, endpoint.map(Endpoint::host).orElse(null));
    statement.setObject(from + 1, endpoint.map(Endpoint::port).orElse(null));
    statement.setObject(from + 2, endpoint.map(e -> e.security().code()).orElse(null));
  }

  private static Optional<Endpoint> endpoint(ResultSet row, String prefix) throws SQLException {
    @Nullable String host = row.getString(prefix + "host");
    if (host == null) {
      return Optional.empty();
    }
    Security security = Security.ofCode(row.getInt(prefix + "ssl")).orElse(Security.TLS);
    return Optional.of(new Endpoint(host, row.getInt(prefix + "port"), security));
  }
}
