package org.jmapproxy.server.vault;

/** A stored secret cannot be sealed or opened. The message names the cause and holds no secret. */
public final class VaultException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  VaultException(String message) {
    super(message);
  }
}
