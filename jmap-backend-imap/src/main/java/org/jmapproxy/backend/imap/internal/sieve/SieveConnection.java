package org.jmapproxy.backend.imap.internal.sieve;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.protocol.Sockets;
import org.jmapproxy.backend.imap.internal.protocol.TlsMode;
import org.jmapproxy.core.backend.Credentials;
import org.jmapproxy.core.backend.Credentials.Scheme;

/** A connection to a ManageSieve server that is logged in (RFC 5804). Used by one thread. */
public final class SieveConnection implements AutoCloseable {

  private static final String END_OF_FIELD = "\u0001";

  private final SieveWire wire;
  private SieveCapabilities capabilities;

  private SieveConnection(SieveWire wire, SieveCapabilities capabilities) {
    this.wire = wire;
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
      try {
        Socket socket = endpoint.tls() == TlsMode.IMPLICIT ? Sockets.secure(endpoint, tcp) : tcp;
        SieveWire wire = new SieveWire(socket);
        SieveConnection connection = new SieveConnection(wire, greeting(wire.read()));
        connection.protect(endpoint, tcp);
        connection.login(credentials);
        return connection;
      } catch (IOException | RuntimeException e) {
        tcp.close();
        throw e;
      }
    } catch (IOException e) {
      throw SieveException.lost(e);
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

  /** The text of a script; empty when there is no such script. */
  Optional<String> get(String name) {
    try {
      return require("GETSCRIPT", name).lines().stream()
          .filter(line -> !line.isEmpty())
          .map(line -> line.get(0))
          .findFirst();
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
    return wire.exchange("AUTHENTICATE \"" + mechanism + "\"", encoded);
  }
}
