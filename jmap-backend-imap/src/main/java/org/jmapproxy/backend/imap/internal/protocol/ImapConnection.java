package org.jmapproxy.backend.imap.internal.protocol;

import java.io.IOException;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapConnectionLostException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapException;
import org.jmapproxy.backend.imap.internal.protocol.wire.Command;
import org.jmapproxy.backend.imap.internal.protocol.wire.ConnectionLoss;
import org.jmapproxy.backend.imap.internal.protocol.wire.ResponseCursor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An authenticated IMAP connection. Every command blocks until its tagged response and throws an
 * {@link ImapException} unless that is OK. After a failure that {@linkplain
 * ImapException#closesConnection closes the connection}, or after a callback threw, the connection
 * is closed and another has to be opened.
 *
 * <p>Used by one thread at a time. Only {@link #close} and {@link Idle#stop} are safe from any
 * thread.
 */
public final class ImapConnection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ImapConnection.class);

  private final ImapSession session;
  private final MailboxCommands mailboxes;
  private final MessageCommands messages;

  private ImapConnection(ImapSession session) {
    this.session = session;
    this.mailboxes = new MailboxCommands(session);
    this.messages = new MessageCommands(session);
  }

  /**
   * Connects, secures the connection as the endpoint demands, and logs in.
   *
   * @throws org.jmapproxy.backend.imap.internal.protocol.error.ImapAuthenticationException if the
   *     server does not accept the credentials
   * @throws ImapConnectionLostException if the server cannot be reached, or not safely
   * @throws ImapException if the server fails otherwise
   */
  public static ImapConnection open(ImapEndpoint endpoint, ImapCredentials credentials) {
    return new ImapConnection(new Login(endpoint).open(credentials));
  }

  /**
   * Whether the server has said something that nobody has read yet, without asking it.
   *
   * @throws ImapConnectionLostException when it has ended the connection meanwhile
   */
  public boolean hasNews() {
    return session.hasNews();
  }

  /** What the server offers after login. */
  public Capabilities capabilities() {
    return session.capabilities();
  }

  /** Asks CAPABILITY again. */
  public Capabilities refreshCapabilities() {
    session.execute(Command.named("CAPABILITY"));
    return session.capabilities();
  }

  /** Sets who hears what no command asked for. */
  public void listener(MailboxListener listener) {
    session.listener(listener);
  }

  /** Commands on mailboxes as a whole. */
  public MailboxCommands mailboxes() {
    return mailboxes;
  }

  /** Commands on the messages of the selected mailbox, and APPEND. */
  public MessageCommands messages() {
    return messages;
  }

  /** ID (RFC 2971): introduces us; what the server says of itself, keys as sent. */
  public Map<String, String> id(Map<String, String> ours) {
    Command command = Command.named("ID");
    if (ours.isEmpty()) {
      command.raw(" NIL");
    } else {
      command.raw(" (");
      String separator = "";
      for (Map.Entry<String, String> field : ours.entrySet()) {
        command.raw(separator).bareString(field.getKey()).string(field.getValue());
        separator = " ";
      }
      command.raw(")");
    }
    Map<String, String> theirs = new LinkedHashMap<>();
    session.execute(command, response -> response.is("ID") && readId(response.cursor(), theirs));
    return theirs;
  }

  private static boolean readId(ResponseCursor cursor, Map<String, String> fields) {
    if (cursor.accept('(')) {
      while (!cursor.atEnd() && cursor.peek() != ')' && fields.size() < 100) {
        String key = cursor.string() ? cursor.text() : "";
        cursor.skipSpaces();
        int from = cursor.position();
        if (cursor.string()) {
          fields.put(key, cursor.text());
        }
        cursor.skipSpaces();
        if (cursor.position() == from) {
          break;
        }
      }
    }
    return true;
  }

  /** NAMESPACE (RFC 2342); empty if the server does not offer it. */
  public Optional<Namespaces> namespaces() {
    if (!capabilities().has("NAMESPACE") && !capabilities().has("IMAP4REV2")) {
      return Optional.empty();
    }
    NamespaceParser parser = new NamespaceParser(session.utf8());
    session.execute(Command.named("NAMESPACE"), parser);
    return parser.result();
  }

  /** ENABLE (RFC 5161): what of it the server enabled. */
  public List<String> enable(String... extensions) {
    Command command = Command.named("ENABLE").space().raw(String.join(" ", extensions));
    String[] enabled = {""};
    session.execute(
        command,
        response -> {
          if (response.is("ENABLED")) {
            enabled[0] = response.cursor().rest().toUpperCase(Locale.ROOT);
            return true;
          }
          return false;
        });
    List<String> names = List.of(enabled[0].trim().split(" +", -1));
    session.enabled(names);
    return names;
  }

  /**
   * COMPRESS=DEFLATE (RFC 4978), for connections slower than the processor. The bounds on what the
   * server may send count what it swells to. Needs the COMPRESS=DEFLATE capability.
   *
   * @return false if the server refuses
   */
  public boolean compress() {
    StatusResponse answer =
        session.exchange(
            Command.named("COMPRESS DEFLATE"), UntaggedHandler.NONE, ImapSession.NO_ANSWER);
    if (!answer.isOk()) {
      return false;
    }
    try {
      session.compress();
      return true;
    } catch (IOException e) {
      session.close();
      throw ConnectionLoss.of(e);
    }
  }

  /** The address that the connection goes to. */
  public Optional<InetAddress> remoteAddress() {
    return session.remoteAddress();
  }

  /** Whether the server {@linkplain #enable enabled} that extension. */
  public boolean isEnabled(String extension) {
    return session.isEnabled(extension);
  }

  /** SELECT, with mod-sequences where the server keeps them; EXAMINE when only reading. */
  public SelectedMailbox select(String mailbox) {
    return new SelectCommand(session).run(selecting(), mailbox, Optional.empty());
  }

  /** EXAMINE: like {@link #select}, but nothing can be changed. */
  public SelectedMailbox examine(String mailbox) {
    return new SelectCommand(session).run("EXAMINE", mailbox, Optional.empty());
  }

  /**
   * SELECT that tells the listener what changed since (QRESYNC must be enabled): vanished UIDs and
   * changed flags.
   */
  public SelectedMailbox select(String mailbox, QuickResync known) {
    return new SelectCommand(session).run(selecting(), mailbox, Optional.of(known));
  }

  private String selecting() {
    return session.endpoint().readOnly() ? "EXAMINE" : "SELECT";
  }

  /** NOOP: gives the server a chance to tell news. */
  public void noop() {
    session.execute(Command.named("NOOP"));
  }

  /** CHECK: asks the server to settle the mailbox, and to tell news where NOOP does not. */
  public void check() {
    session.execute(Command.named("CHECK"));
  }

  /**
   * Leaves the selected mailbox without expunging anything (UNSELECT); nothing where not offered.
   */
  public void unselect() {
    if (capabilities().has("UNSELECT") || capabilities().has("IMAP4REV2")) {
      session.execute(Command.named("UNSELECT"));
    }
  }

  /** CLOSE: expunges deleted messages of a selected mailbox and leaves it. */
  public void closeMailbox() {
    session.execute(Command.named("CLOSE"));
  }

  /**
   * NOTIFY (RFC 5465): tells the listener from now on what happens in any of the user's mailboxes,
   * during commands and during IDLE. First comes the STATUS of each. Needs the NOTIFY capability.
   *
   * @return false if the server refuses
   */
  public boolean notifyOfAll() {
    return new NotifyCommand(session).run();
  }

  /** A new IDLE, to be {@linkplain Idle#run run} on this connection. Needs the IDLE capability. */
  public Idle idle() {
    return new Idle(session);
  }

  /** LOGOUT, and closes. Never throws: the server may be gone already. */
  public void logout() {
    if (!session.isClosed()) {
      try {
        session.execute(Command.named("LOGOUT"), response -> response.is("BYE"));
      } catch (ImapException e) {
        LOG.debug("LOGOUT failed", e);
      }
    }
    session.close();
  }

  public boolean isClosed() {
    return session.isClosed();
  }

  /** Closes the socket at once; a command under way on another thread fails. */
  @Override
  public void close() {
    session.close();
  }
}
