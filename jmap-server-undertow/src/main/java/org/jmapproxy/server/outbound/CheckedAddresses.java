package org.jmapproxy.server.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;
import org.jmapproxy.core.http.AddressPolicy;

/**
 * Resolves names for connections. What it answers is what the client connects to, so that a name
 * whose address changes between a look and a connection gains nothing. One forbidden address among
 * several forbids the host.
 */
final class CheckedAddresses implements DnsResolver {

  private final AddressPolicy policy;

  CheckedAddresses(AddressPolicy policy) {
    this.policy = policy;
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = InetAddress.getAllByName(host);
    for (InetAddress address : addresses) {
      if (!policy.allows(address)) {
        throw new ForbiddenAddressException(host);
      }
    }
    return addresses;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
