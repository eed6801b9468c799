package org.jmapproxy.core.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * The content of a request. Immutable.
 *
 * @param length its size in octets, if known; else it is sent in chunks
 * @param opener opens a new stream over all of it, which the client closes; asked once for each
 *     attempt to send, on whichever thread the client reads it
 */
public record RequestContent(OptionalLong length, Supplier<InputStream> opener) {

  /** These octets, which must not be changed any more. */
  public static RequestContent of(byte[] octets) {
    return new RequestContent(
        OptionalLong.of(octets.length), () -> new ByteArrayInputStream(octets));
  }

  /** A stream whose size is known. */
  public static RequestContent of(long length, Supplier<InputStream> opener) {
    return new RequestContent(OptionalLong.of(length), opener);
  }

  /** A stream of unknown size. */
  public static RequestContent streamed(Supplier<InputStream> opener) {
    return new RequestContent(OptionalLong.empty(), opener);
  }
}
