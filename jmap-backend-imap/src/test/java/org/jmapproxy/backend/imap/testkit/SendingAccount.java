package org.jmapproxy.backend.imap.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jmapproxy.backend.imap.ImapBackendBuilder;
import org.jmapproxy.core.backend.AccountConfiguration;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.mail.testkit.MailClient;
import org.jmapproxy.mail.testkit.Message;
import tools.jackson.databind.JsonNode;

/** An account that can send, with a client of it. */
public final class SendingAccount implements AutoCloseable {

  private static final Duration SYNC = Duration.ofSeconds(60);

  private final Path data;
  private final ImapProxy proxy;
  private final OpenAccount open;
  private final MailClient client;
  private final String user;
  private final AccountConfiguration configuration;
  private boolean isAsleep;

  /**
   * Opens a user's account on an IMAP server and a submission server; tries again soon.
   *
   * @param patience how long clients wait for the submission server
   */
  public SendingAccount(DovecotServer imap, String user, int smtpPort, Duration patience) {
    this(imap, user, smtpPort, patience, temporaryDirectory());
  }

  private SendingAccount(
      DovecotServer imap, String user, int smtpPort, Duration patience, Path data) {
    this.user = user;
    this.data = data;
    this.proxy = new ImapProxy(builder -> settings(builder, patience, data));
    this.configuration = configuration(imap, user, smtpPort);
    this.open = proxy.backend().open(configuration);
    open.sync(SYNC);
    this.client = new MailClient(Account.of(Id.of(user), user, open.roles()));
  }

  /** Opens what a copy of the data directory holds, as after the end of the process. */
  public static SendingAccount resurrected(
      DovecotServer imap, String user, int smtpPort, Path copy) {
    return new SendingAccount(imap, user, smtpPort, SYNC, copy);
  }

  private static ImapBackendBuilder settings(
      ImapBackendBuilder builder, Duration patience, Path data) {
    return builder
        .dataDirectory(data)
        .sendPatience(patience)
        .sendRetries(Duration.ofMillis(200), Duration.ofSeconds(1), Duration.ofDays(1));
  }

  private static AccountConfiguration configuration(DovecotServer imap, String user, int smtpPort) {
    AccountConfiguration plain = ImapProxy.configuration(imap, user);
    Map<String, String> settings = new LinkedHashMap<>(plain.settings());
    settings.put("smtpHost", "127.0.0.1");
    settings.put("smtpPort", Integer.toString(smtpPort));
    settings.put("smtpSSL", "0");
    settings.put("identities", "[{\"name\":\"Sales\",\"email\":\"*@sales.example\"}]");
    return new AccountConfiguration(
        plain.accountId(), plain.email(), settings, plain.credentials());
  }

  /** The client. */
  public MailClient client() {
    return client;
  }

  /** The open account. */
  public OpenAccount open() {
    return open;
  }

  /** Closes the account as the server does when nobody needs it; others may open it again. */
  public void sleep() {
    open.close();
    isAsleep = true;
  }

  /** How the account is configured. */
  public AccountConfiguration configuration() {
    return configuration;
  }

  /** The backend. */
  public ImapProxy proxy() {
    return proxy;
  }

  /** The user's address. */
  public String address() {
    return user + "@example.org";
  }

  /** A copy of all data as they are on the disk at this moment. */
  public Path snapshot() {
    Path copy = temporaryDirectory();
    try (Stream<Path> all = Files.walk(data)) {
      for (Path from : (Iterable<Path>) all::iterator) {
        Path to = copy.resolve(data.relativize(from));
        if (Files.isDirectory(from)) {
          Files.createDirectories(to);
        } else {
          Files.copy(from, to);
        }
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stores a draft from the user to others in the inbox; its id. */
  public String draft(String subject, String... recipients) {
    return client.importMessage(
        Message.about(subject)
            .with("From", "Me <" + address() + ">")
            .with("To", String.join(", ", recipients)),
        client.mailboxOfRole("inbox"));
  }

  /** The id of the Identity of the user's own address. */
  public String identity() {
    for (JsonNode identity : client.call("Identity/get", "{'ids':null}").get("list")) {
      if (identity.get("email").stringValue().equals(address())) {
        return identity.get("id").stringValue();
      }
    }
    throw new AssertionError("no Identity of the account's address");
  }

  /** Submits an Email; the answer. */
  public JsonNode submit(String emailId) {
    return submit(emailId, "null");
  }

  /** Submits an Email with an envelope; the answer. */
  public JsonNode submit(String emailId, String envelope) {
    return client.call(
        "EmailSubmission/set",
        "{'create':{'k':{'identityId':'"
            + identity()
            + "','emailId':'"
            + emailId
            + "','envelope':"
            + envelope
            + "}}}");
  }

  /** The SetError of a submission that must fail. */
  public static JsonNode refusal(JsonNode response) {
    JsonNode refusal = response.path("notCreated").path("k");
    if (!refusal.isObject()) {
      throw new AssertionError("was not refused: " + response);
    }
    return refusal;
  }

  /** A submission. */
  public JsonNode submission(String id) {
    return client.get(
        "EmailSubmission", id, "undoStatus", "deliveryStatus", "sendAt", "envelope", "dsnBlobIds");
  }

  /** What is known of a recipient. */
  public JsonNode status(String id, String recipient) {
    return submission(id).get("deliveryStatus").get(recipient);
  }

  /** All submissions. */
  public List<String> submissions() {
    return client.query("EmailSubmission", "{}");
  }

  /** Waits until a submission has an undo status. */
  public void awaitUndoStatus(String id, String status) {
    ImapProxy.await(
        id + " is " + status, () -> submission(id).get("undoStatus").stringValue().equals(status));
  }

  @Override
  public void close() {
    if (!isAsleep) {
      open.close();
    }
    proxy.close();
    try (Stream<Path> all = Files.walk(data)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("sending-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
