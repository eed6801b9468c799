package org.jmapproxy.backend.imap.testkit;

import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Real servers that differ in what they tell of the identity of messages and mailboxes. */
public final class IdentityServers implements BeforeAllCallback, AfterAllCallback {
  private final DovecotServer dovecot = DovecotServer.standard();
  private final DovecotServer plain = DovecotServer.builder().plainImap().build();
  private final CyrusServer cyrus = CyrusServer.standard();

  /** What the server says of identity. */
  public enum Kind {
    /** X-GUID of messages and mailboxes. */
    DOVECOT,
    /** Nothing, but mod-sequences. */
    DOVECOT_WITHOUT_GUID,
    /** Nothing at all. */
    PLAIN,
    /** EMAILID, THREADID, MAILBOXID. */
    CYRUS,
    /** Nothing; UIDVALIDITY may be that of another folder made in the same second. */
    CYRUS_WITHOUT_OBJECTID
  }

  /** A new user's mail on a server that tells this. */
  public MailScene scene(Kind kind) {
    return switch (kind) {
      case DOVECOT, CYRUS -> sceneHiding(kind);
      case DOVECOT_WITHOUT_GUID, PLAIN -> sceneHiding(kind, "X-GUID");
      case CYRUS_WITHOUT_OBJECTID -> sceneHiding(kind, "OBJECTID");
    };
  }

  /** A new user's mail on that server, some of whose abilities are hidden. */
  public MailScene sceneHiding(Kind kind, String... abilities) {
    return new MailScene(server(kind), abilities);
  }

  /** The Dovecot of that kind. */
  public DovecotServer dovecot(Kind kind) {
    return kind == Kind.PLAIN ? plain : dovecot;
  }

  private RealServer server(Kind kind) {
    return switch (kind) {
      case CYRUS, CYRUS_WITHOUT_OBJECTID -> cyrus;
      case DOVECOT, DOVECOT_WITHOUT_GUID, PLAIN -> dovecot(kind);
    };
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    List.of(dovecot, plain, cyrus).forEach(RealServer::start);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    List.of(dovecot, plain, cyrus).forEach(RealServer::close);
  }
}
