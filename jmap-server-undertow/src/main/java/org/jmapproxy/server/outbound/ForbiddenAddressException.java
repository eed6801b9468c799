package org.jmapproxy.server.outbound;

import java.net.UnknownHostException;

/** A host is at an address that may not be connected to. */
final class ForbiddenAddressException extends UnknownHostException {

  private static final long serialVersionUID = 1L;

  ForbiddenAddressException(String host) {
    super(host + " is at an address that may not be connected to");
  }
}
