package org.jmapproxy.core.http;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Which addresses a client may connect to. Thread-safe. */
@FunctionalInterface
public interface AddressPolicy {

  /** Whether connections to this address are made. */
  boolean allows(InetAddress address);

  /** Every address: for servers that the operator has named. */
  static AddressPolicy anywhere() {
    return address -> true;
  }

  /**
   * Addresses of the public internet alone: for servers that somebody else has named. Left out are
   * loopback, private, link-local, shared (RFC 6598), documentation, benchmarking, multicast,
   * reserved and unspecified ones, also when IPv6 carries them inside (mapped, NAT64, 6to4,
   * Teredo).
   */
  static AddressPolicy publicInternet() {
    return AddressPolicy::isPublic;
  }

  private static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] octets = address.getAddress();
    return address instanceof Inet4Address
        ? isPublic4(octets)
        : address instanceof Inet6Address && isPublic6(octets);
  }

  /** The IANA registry of special-purpose IPv4 addresses (RFC 6890). */
  private static boolean isPublic4(byte[] octets) {
    int a = octets[0] & 0xFF;
    int b = octets[1] & 0xFF;
    int c = octets[2] & 0xFF;
    return !(a == 0
        || a == 10
        || a == 127
        || (a == 100 && b >= 64 && b < 128)
        || (a == 169 && b == 254)
        || (a == 172 && b >= 16 && b < 32)
        || (a == 192 && b == 0 && (c == 0 || c == 2))
        || (a == 192 && b == 88 && c == 99)
        || (a == 192 && b == 168)
        || (a == 198 && (b == 18 || b == 19))
        || (a == 198 && b == 51 && c == 100)
        || (a == 203 && b == 0 && c == 113)
        || a >= 224);
  }

  /** Global unicast (2000::/3) without what is set apart in it, and NAT64 of public addresses. */
  private static boolean isPublic6(byte[] octets) {
    int first = pair(octets, 0);
    int second = pair(octets, 2);
    if (first == 0x64 && second == 0xFF9B && allZero(octets, 4, 12)) {
      return isPublicInside(octets, 12);
    }
    if (first == 0x2002) {
      return isPublicInside(octets, 2);
    }
    boolean protocolAssignments = first == 0x2001 && second < 0x0200;
    boolean documentation =
        (first == 0x2001 && second == 0x0DB8) || (first == 0x3FFF && second < 0x1000);
    return (octets[0] & 0xE0) == 0x20 && !protocolAssignments && !documentation;
  }

  private static boolean isPublicInside(byte[] octets, int from) {
    try {
      return isPublic(InetAddress.getByAddress(Arrays.copyOfRange(octets, from, from + 4)));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four octets are an address", e);
    }
  }

  private static int pair(byte[] octets, int at) {
    return ((octets[at] & 0xFF) << 8) | (octets[at + 1] & 0xFF);
  }

  private static boolean allZero(byte[] octets, int from, int to) {
    for (int at = from; at < to; at++) {
      if (octets[at] != 0) {
        return false;
      }
    }
    return true;
  }
}
