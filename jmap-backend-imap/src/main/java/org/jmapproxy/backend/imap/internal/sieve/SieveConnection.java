package org.jmapproxy.backend.imap.internal.sieve;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jmapproxy.backend.imap.internal.protocol.Sockets;
import org.jmapproxy.backend.imap.internal.protocol.TlsMode;
import org.jmapproxy.core.backend.Credentials;
import org.jmapproxy.core.backend.Credentials.Scheme;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection to a ManageSieve server that is logged in (RFC 5804). Used by one thread. */
public final class SieveConnection implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SieveConnection.class);
  private static final String END_OF_FIELD = "\u0001";

  private final SieveWire wire;
  private final Future<?> end;
  private SieveCapabilities capabilities;

  private SieveConnection(SieveWire wire, Future<?> end, SieveCapabilities capabilities) {
    this.wire = wire;
    this.end = end;
    this.capabilities = capabilities;
  }

  /**
   * Connects, protects the connection and logs in.
   *
   * @throws SieveException when any of it fails
   */
  static SieveConnection open(SieveEndpoint endpoint, Credentials credentials) {
    try {
      Socket tcp = Sockets.connect(endpoint);
      Future<?> end = endOf(tcp, endpoint);
      try {
        Socket socket = endpoint.tls() == TlsMode.IMPLICIT ? Sockets.secure(endpoint, tcp) : tcp;
        SieveWire wire = new SieveWire(socket);
        SieveConnection connection = new SieveConnection(wire, end, greeting(wire.read()));
        connection.protect(endpoint, tcp);
        connection.login(credentials);
        return connection;
      } catch (IOException | RuntimeException e) {
        end.cancel(false);
        tcp.close();
        throw e;
      }
    } catch (IOException e) {
      throw SieveException.lost(e);
    }
  }

  /** A server that drips, or takes no data, holds nobody up for ever. */
  private static Future<?> endOf(Socket tcp, SieveEndpoint endpoint) {
    try {
      return endpoint
          .timers()
          .schedule(() -> closeQuietly(tcp), endpoint.longest().toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      closeQuietly(tcp);
      return CompletableFuture.completedFuture(null);
    }
  }

  private static void closeQuietly(Socket tcp) {
    try {
      tcp.close();
    } catch (IOException e) {
      LOG.debug("A connection could not be closed: {}", e.getMessage());
    }
  }

  /** What the server announced last. */
  SieveCapabilities capabilities() {
    return capabilities;
  }

  /** All scripts. */
  List<ListedScript> list() {
    return require("LISTSCRIPTS").lines().stream()
        .filter(line -> !line.isEmpty())
        .map(
            line ->
                new ListedScript(
                    line.get(0), line.size() > 1 && line.get(1).equalsIgnoreCase("ACTIVE")))
        .toList();
  }

  /**
   * The text of a script; empty when there is no such script. More than one string is the rest of a
   * text that is longer than the server said: half a text is none.
   */
  Optional<String> get(String name) {
    try {
      List<String> strings =
          require("GETSCRIPT", name).lines().stream().flatMap(List::stream).toList();
      if (strings.size() != 1) {
        throw SieveException.lost(new IOException("That is not the text of one script"));
      }
      return Optional.of(strings.get(0));
    } catch (SieveException e) {
      if (e.hasCode("NONEXISTENT")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Checks a script and stores it, in place of one of the same name. */
  void put(String name, String text) {
    require("PUTSCRIPT", name, text);
  }

  /** Checks a script; older servers have no such command. */
  void check(String text) {
    require("CHECKSCRIPT", text);
  }

  /** Makes a script the one that runs; an empty name: none. */
  void activate(String name) {
    require("SETACTIVE", name);
  }

  void delete(String name) {
    require("DELETESCRIPT", name);
  }

  void rename(String from, String to) {
    require("RENAMESCRIPT", from, to);
  }

  @Override
  public void close() {
    end.cancel(false);
    wire.close();
  }

  private SieveReply require(String command, String... arguments) {
    try {
      SieveReply reply = wire.exchange(command, arguments);
      if (!reply.isOk()) {
        throw SieveException.refused(reply);
      }
      return reply;
    } catch (IOException e) {
      throw SieveException.lost(e);
    }
  }

  private static SieveCapabilities greeting(SieveReply reply) {
    if (!reply.isOk()) {
      throw SieveException.refused(reply);
    }
    return SieveCapabilities.of(reply.lines());
  }

  private void protect(SieveEndpoint endpoint, Socket tcp) throws IOException {
    if (endpoint.tls() != TlsMode.STARTTLS) {
      return;
    }
    if (!capabilities.has("STARTTLS")) {
      throw SieveException.login("The Sieve server does not offer STARTTLS");
    }
    SieveReply reply = wire.exchange("STARTTLS");
    if (!reply.isOk()) {
      throw SieveException.refused(reply);
    }
    wire.requireSilence();
    wire.switchTo(Sockets.secure(endpoint, tcp));
    capabilities = greeting(wire.read());
  }

  private void login(Credentials credentials) throws IOException {
    SieveReply reply =
        credentials.scheme() == Scheme.BEARER
            ? authenticate("OAUTHBEARER", "n,,", "auth=Bearer " + credentials.secret())
            : authenticate(
                "PLAIN", "", "\0" + credentials.username() + "\0" + credentials.secret());
    if (!reply.isOk()) {
      throw SieveException.login(
          reply.text().isEmpty() ? "The Sieve server refused the login" : reply.text());
    }
    if (!reply.lines().isEmpty()) {
      return;
    }
    SieveReply now = wire.exchange("CAPABILITY");
    capabilities = now.isOk() ? SieveCapabilities.of(now.lines()) : capabilities;
  }

  private SieveReply authenticate(String mechanism, String header, String secret)
      throws IOException {
    if (!capabilities.mechanisms().contains(mechanism)) {
      throw SieveException.login("The Sieve server does not offer the login " + mechanism);
    }
    String response =
        header.isEmpty() ? secret : header + END_OF_FIELD + secret + END_OF_FIELD + END_OF_FIELD;
    String encoded = Base64.getEncoder().encodeToString(response.getBytes(StandardCharsets.UTF_8));
    return wire.authenticate(mechanism, encoded);
  }
}
