package org.jmapproxy.backend.imap.internal.protocol;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapBadCommandException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapByeException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapConnectionLostException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapConnectionLostException.Reason;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapRefusedException;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchParser;
import org.jmapproxy.backend.imap.internal.protocol.wire.Command;
import org.jmapproxy.backend.imap.internal.protocol.wire.CommandWriter;
import org.jmapproxy.backend.imap.internal.protocol.wire.ConnectionLoss;
import org.jmapproxy.backend.imap.internal.protocol.wire.Deflating;
import org.jmapproxy.backend.imap.internal.protocol.wire.Inflating;
import org.jmapproxy.backend.imap.internal.protocol.wire.ModifiedUtf7;
import org.jmapproxy.backend.imap.internal.protocol.wire.ResponseCursor;
import org.jmapproxy.backend.imap.internal.protocol.wire.ResponseReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tags, and the turn-taking of commands and responses on one socket. Used by one thread at a time;
 * only {@link #close} may come from another.
 */
final class ImapSession implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ImapSession.class);

  /** For commands that the server has nothing to ask about; a stray challenge is passed over. */
  static final Function<String, Optional<String>> NO_ANSWER = challenge -> Optional.empty();

  private static final int MOST_ODD_NAMES = 10_000;

  private final ImapEndpoint endpoint;
  private final ResponseReader reader;
  private final CommandWriter writer;
  private final Optional<WriteGuard> guard;
  private final Duration commandTime;
  private final Untagged untagged;
  private final FetchParser fetchParser = new FetchParser();
  private final Map<String, String> oddNames = new HashMap<>();
  private final Set<String> enabled = new HashSet<>();
  private final Socket transport;
  private volatile Socket socket;
  private volatile boolean closed;
  private volatile List<Closeable> compression = List.of();
  private Capabilities capabilities = Capabilities.NONE;
  private MailboxListener listener = MailboxListener.NONE;
  private int lastTag;

  /**
   * A session on a connected socket.
   *
   * @param transport the TCP socket itself, closed without any farewell that could block
   * @param socket where bytes are exchanged: the same, or TLS on it
   */
  ImapSession(ImapEndpoint endpoint, Socket transport, Socket socket) throws IOException {
    this.endpoint = endpoint;
    this.transport = transport;
    this.socket = socket;
    this.commandTime = endpoint.readTimeout().multipliedBy(10);
    this.reader = new ResponseReader(socket.getInputStream(), endpoint.limits(), commandTime);
    this.guard =
        endpoint
            .timers()
            .map(timers -> new WriteGuard(timers, endpoint.readTimeout(), this::close));
    this.writer = new CommandWriter(watched(socket.getOutputStream()));
    this.untagged = new Untagged(ResponseCursor.of(new byte[0], endpoint.limits()));
  }

  private OutputStream watched(OutputStream out) {
    return guard.map(watching -> watching.around(out)).orElse(out);
  }

  ImapEndpoint endpoint() {
    return endpoint;
  }

  ResponseReader reader() {
    return reader;
  }

  CommandWriter writer() {
    return writer;
  }

  FetchParser fetchParser() {
    return fetchParser;
  }

  Socket socket() {
    return socket;
  }

  /** Goes on over another socket, which wraps the present one. */
  void switchTo(Socket wrapped) throws IOException {
    socket = wrapped;
    reader.replaceStream(wrapped.getInputStream());
    writer.replaceStream(watched(wrapped.getOutputStream()));
  }

  /** Goes on compressed (RFC 4978); what was read ahead is compressed already. */
  void compress() throws IOException {
    InputStream ahead = new ByteArrayInputStream(reader.takeBuffered());
    Inflating in = new Inflating(new SequenceInputStream(ahead, socket.getInputStream()));
    Deflating out = new Deflating(watched(socket.getOutputStream()));
    compression = List.of(in, out);
    reader.replaceStream(in);
    writer.replaceStream(out);
  }

  boolean isCompressed() {
    return !compression.isEmpty();
  }

  /** Where the server is. */
  Optional<InetAddress> remoteAddress() {
    return Optional.ofNullable(transport.getInetAddress());
  }

  Capabilities capabilities() {
    return capabilities;
  }

  void capabilities(Capabilities known) {
    capabilities = known;
    writer.literalMode(
        known.has("LITERAL+")
            ? CommandWriter.LiteralMode.ANY
            : known.has("LITERAL-") || known.has("IMAP4REV2")
                ? CommandWriter.LiteralMode.SMALL
                : CommandWriter.LiteralMode.SYNCHRONISING);
  }

  /** Notes extensions that the server has enabled, in upper case. */
  void enabled(List<String> names) {
    enabled.addAll(names);
  }

  boolean isEnabled(String extension) {
    return enabled.contains(extension);
  }

  /** Whether names and strings are plain UTF-8 (RFC 6855). */
  boolean utf8() {
    return isEnabled("UTF8=ACCEPT");
  }

  /** A mailbox name as this server wants it: in modified UTF-7 unless UTF-8 was enabled. */
  String wireName(String mailbox) {
    String odd = oddNames.get(mailbox);
    if (odd != null) {
      return odd;
    }
    return utf8() ? mailbox : ModifiedUtf7.encode(mailbox);
  }

  /** Notes the wire form of a name that our own encoding would not reproduce. */
  void oddName(String mailbox, String wire) {
    if (oddNames.size() < MOST_ODD_NAMES) {
      oddNames.put(mailbox, wire);
    }
  }

  MailboxListener listener() {
    return listener;
  }

  void listener(MailboxListener newListener) {
    listener = newListener;
  }

  boolean isClosed() {
    return closed;
  }

  void readTimeout(Duration timeout) {
    try {
      socket.setSoTimeout((int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toMillis())));
    } catch (SocketException e) {
      throw ConnectionLoss.of(e);
    }
  }

  /** Looks for a moment only; an end of the connection is seen, too. */
  boolean hasNews() {
    return guarded(
        () -> {
          readTimeout(Duration.ofMillis(1));
          boolean news = reader.await();
          readTimeout(endpoint.readTimeout());
          return news;
        });
  }

  /** The server's first line. */
  StatusResponse greeting() {
    return guarded(
        () -> {
          ResponseCursor response = reader.next();
          if (!response.accept('*')) {
            throw new ImapConnectionLostException(
                Reason.NOT_IMAP, "The server does not greet as an IMAP server", null);
          }
          response.skipSpaces();
          String word = response.atom();
          if (!StatusResponse.isStatus(word)) {
            throw new ImapConnectionLostException(
                Reason.NOT_IMAP, "The server does not greet as an IMAP server", null);
          }
          StatusResponse greeting = StatusResponse.read(word, response);
          throwIfBye(greeting);
          return greeting;
        });
  }

  StatusResponse execute(Command command) {
    return execute(command, UntaggedHandler.NONE);
  }

  /**
   * Sends a command and reads up to its tagged response.
   *
   * @return the OK
   * @throws ImapException for everything else
   */
  StatusResponse execute(Command command, UntaggedHandler handler) {
    return expectOk(command, exchange(command, handler, NO_ANSWER));
  }

  /** Like {@link #execute}, but hands back NO and BAD, and answers challenges. */
  StatusResponse exchange(
      Command command, UntaggedHandler handler, Function<String, Optional<String>> answers) {
    if (endpoint.readOnly()) {
      ReadOnly.check(command);
    }
    return guarded(
        () -> {
          String tag = nextTag();
          LOG.debug("{} {}", tag, command);
          Optional<StatusResponse> early = send(tag, command, handler);
          StatusResponse status =
              early.isPresent() ? early.get() : awaitTagged(tag, handler, answers);
          LOG.debug("{} {} {}", tag, status.status(), status.code());
          return status;
        });
  }

  StatusResponse expectOk(Command command, StatusResponse status) {
    if (status.isOk()) {
      return status;
    }
    String message = command.name() + " failed: " + status.code() + " " + status.text();
    if (status.status().equals("NO")) {
      throw new ImapRefusedException(message, status.code());
    }
    throw new ImapBadCommandException(message, status.code());
  }

  String nextTag() {
    return "a" + ++lastTag;
  }

  /** Sends; a present result is the refusal of a literal. */
  Optional<StatusResponse> send(String tag, Command command, UntaggedHandler handler) {
    if (endpoint.readOnly()) {
      ReadOnly.check(command);
    }
    StatusResponse[] refusal = new StatusResponse[1];
    try {
      boolean sent =
          writer.send(
              tag,
              command,
              () -> {
                Optional<StatusResponse> tagged = awaitContinuation(tag, handler);
                tagged.ifPresent(status -> refusal[0] = status);
                return tagged.isEmpty();
              });
      return sent ? Optional.empty() : Optional.of(refusal[0]);
    } catch (IOException e) {
      throw ConnectionLoss.of(e);
    }
  }

  /** Reads up to a continuation; a present result is the tagged response that came instead. */
  Optional<StatusResponse> awaitContinuation(String tag, UntaggedHandler handler) {
    long begun = System.nanoTime();
    while (true) {
      requireEnd(begun);
      ResponseCursor response = reader.next();
      if (response.accept('+')) {
        return Optional.empty();
      }
      Optional<StatusResponse> tagged = dispatch(response, tag, handler);
      if (tagged.isPresent()) {
        return tagged;
      }
    }
  }

  /** A server may talk on and on without ever finishing a command. */
  private void requireEnd(long begun) {
    if (System.nanoTime() - begun > commandTime.toNanos()) {
      throw new ImapConnectionLostException(
          Reason.TIMEOUT, "The server talks on and does not finish the command", null);
    }
  }

  private StatusResponse awaitTagged(
      String tag, UntaggedHandler handler, Function<String, Optional<String>> answers) {
    long begun = System.nanoTime();
    while (true) {
      requireEnd(begun);
      ResponseCursor response = reader.next();
      if (response.accept('+')) {
        response.skipSpaces();
        answers.apply(response.rest()).ifPresent(this::line);
        continue;
      }
      Optional<StatusResponse> tagged = dispatch(response, tag, handler);
      if (tagged.isPresent()) {
        return tagged.get();
      }
    }
  }

  void line(String text) {
    try {
      writer.line(text);
    } catch (IOException e) {
      throw ConnectionLoss.of(e);
    }
  }

  /** Handles one response; present if it was the tagged one. */
  Optional<StatusResponse> dispatch(ResponseCursor response, String tag, UntaggedHandler handler) {
    if (response.accept('*')) {
      untagged(response, handler);
      return Optional.empty();
    }
    if (response.atom().equals(tag)) {
      response.skipSpaces();
      return Optional.of(StatusResponse.read(response.atom(), response));
    }
    LOG.debug("A line that belongs to no command is skipped");
    return Optional.empty();
  }

  private void untagged(ResponseCursor response, UntaggedHandler handler) {
    untagged.read(response);
    if (StatusResponse.isStatus(untagged.keyword())) {
      int from = response.position();
      if (!handler.take(untagged)) {
        response.position(from);
        status(StatusResponse.read(untagged.keyword(), response));
      }
    } else if (untagged.is("CAPABILITY")) {
      capabilities(Capabilities.parse(response.rest()));
    } else if (!handler.take(untagged)) {
      UnsolicitedData.tell(untagged, this);
    }
  }

  private void status(StatusResponse status) {
    throwIfBye(status);
    if (status.code().is("CAPABILITY")) {
      capabilities(Capabilities.parse(status.code().arguments()));
    } else if (!status.code().name().isEmpty()) {
      listener.code(status.code(), status.text());
    }
  }

  private static void throwIfBye(StatusResponse status) {
    if (status.status().equals("BYE")) {
      throw new ImapByeException(
          "The server ends the connection: " + status.code() + " " + status.text(), status.code());
    }
  }

  /** Runs an exchange; whatever leaves it half done also closes the connection. */
  <T> T guarded(Supplier<T> exchange) {
    if (closed) {
      throw new ImapConnectionLostException(Reason.CLOSED, "The connection is closed", null);
    }
    try {
      return exchange.get();
    } catch (ImapConnectionLostException e) {
      close();
      throw e.duringCommand();
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  @Override
  public void close() {
    closed = true;
    guard.ifPresent(WriteGuard::release);
    try {
      transport.close();
      for (Closeable stream : compression) {
        stream.close();
      }
    } catch (IOException e) {
      LOG.debug("Closing the socket failed", e);
    }
  }
}
