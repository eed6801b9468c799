package org.jmapproxy.core.blob;

import java.io.InputStream;
import java.util.OptionalLong;

/** Binary data that can be read any number of times. Thread-safe. */
public interface Blob {

  /** The size in octets. May need the data to be fetched first. */
  long size();

  /**
   * The size in octets, if it can be told without fetching the data; else whoever reads them finds
   * out.
   */
  default OptionalLong sizeIfKnown() {
    return OptionalLong.of(size());
  }

  /** The media type that the backend knows, {@code application/octet-stream} if none. */
  String type();

  /** A new stream over all data, to be closed by the caller. */
  default InputStream open() {
    return open(0, size());
  }

  /**
   * A new stream over a part of the data, to be closed by the caller.
   *
   * @param offset the first octet, at most {@link #size}
   * @param length how many octets; fewer come when the data end before
   */
  InputStream open(long offset, long length);

  /**
   * Lets go of what was fetched ahead and not read; to be called by who found the blob when all
   * streams are closed or none is wanted. The blob can still be read after it.
   */
  default void release() {}
}
