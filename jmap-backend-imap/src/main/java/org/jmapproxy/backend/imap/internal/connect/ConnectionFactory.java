package org.jmapproxy.backend.imap.internal.connect;

import java.util.List;
import java.util.Map;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.internal.protocol.ImapCredentials;
import org.jmapproxy.backend.imap.internal.protocol.ImapEndpoint;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapAuthenticationException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapBadCommandException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapRefusedException;
import org.jmapproxy.backend.imap.internal.protocol.error.ResponseCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens connections to one account's server. Thread-safe. */
public final class ConnectionFactory {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionFactory.class);
  private static final Map<String, String> OURS = Map.of("name", "JMAP Proxy");
  private static final String UTF8 = "UTF8=ACCEPT";
  private static final List<String> WANTED = List.of("QRESYNC", UTF8);

  private final ImapEndpoint endpoint;
  private final ImapCredentials credentials;
  private final RefusedSecret refused;
  private final Reachability reachability;

  /**
   * Connects nowhere yet.
   *
   * @param refused what not to try again
   * @param reachability when not to try at all
   */
  public ConnectionFactory(
      ImapEndpoint endpoint,
      ImapCredentials credentials,
      RefusedSecret refused,
      Reachability reachability) {
    this.refused = refused;
    this.reachability = reachability;
    this.endpoint = endpoint;
    this.credentials = credentials;
  }

  /**
   * A connection that is logged in and introduced.
   *
   * @param forMuch whether much will be transferred, rather than waited
   * @throws ImapException when there is none
   */
  public ImapConnection open(boolean forMuch) {
    reachability.requireHope();
    ImapConnection connection = tried();
    try {
      if (forMuch && connection.capabilities().has("COMPRESS=DEFLATE") && isFar(connection)) {
        connection.compress();
      }
      if (connection.capabilities().has("ID")) {
        introduce(connection);
      }
      enable(connection);
      return connection;
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** Whether nothing may be changed at the server. */
  boolean isReadOnly() {
    return endpoint.readOnly();
  }

  Reachability reachability() {
    return reachability;
  }

  private ImapConnection tried() {
    try {
      ImapConnection connection = logIn();
      reachability.succeeded();
      return connection;
    } catch (ImapAuthenticationException e) {
      reachability.succeeded();
      throw e;
    } catch (ImapException e) {
      reachability.failed(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private ImapConnection logIn() {
    String secret = credentials.secret();
    if (refused.isKnown(secret)) {
      throw new ImapAuthenticationException(
          "The server refused these credentials a while ago", ResponseCode.NONE);
    }
    try {
      ImapConnection connection = ImapConnection.open(endpoint, credentials);
      refused.forget();
      return connection;
    } catch (ImapAuthenticationException e) {
      refused.refused(secret);
      throw e;
    }
  }

  /** On this machine and in its network compression costs more time than it saves. */
  private static boolean isFar(ImapConnection connection) {
    return connection
        .remoteAddress()
        .map(
            address ->
                !address.isLoopbackAddress()
                    && !address.isSiteLocalAddress()
                    && !address.isLinkLocalAddress())
        .orElse(false);
  }

  /** Extensions that change what the server says, and so have to be asked for (RFC 5161). */
  private static void enable(ImapConnection connection) {
    List<String> wanted =
        WANTED.stream().filter(extension -> offers(connection, extension)).toList();
    if (wanted.isEmpty()) {
      return;
    }
    try {
      connection.enable(wanted.toArray(String[]::new));
    } catch (ImapRefusedException | ImapBadCommandException e) {
      LOG.debug("The server does not enable {}", wanted, e);
    }
  }

  private static boolean offers(ImapConnection connection, String extension) {
    return connection.capabilities().has(extension)
        || (extension.equals(UTF8) && connection.capabilities().has("UTF8=ONLY"));
  }

  private static void introduce(ImapConnection connection) {
    try {
      connection.id(OURS);
    } catch (ImapRefusedException | ImapBadCommandException e) {
      LOG.debug("The server does not want to know who we are", e);
    }
  }
}
