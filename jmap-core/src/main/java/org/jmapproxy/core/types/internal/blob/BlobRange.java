package org.jmapproxy.core.types.internal.blob;

import java.util.OptionalLong;

/**
 * The octets of a blob that a Blob/get selects (RFC 9404 section 4.2).
 *
 * @param offset the first octet, within the blob or at its end
 * @param length how many there are to read
 * @param isTruncated whether more was asked for than there is
 */
record BlobRange(long offset, long length, boolean isTruncated) {

  static BlobRange of(long offset, OptionalLong length, long size) {
    long start = Math.min(offset, size);
    long there = size - start;
    boolean pastEnd = offset > size;
    return length.isEmpty()
        ? new BlobRange(start, there, pastEnd)
        : new BlobRange(
            start, Math.min(length.getAsLong(), there), pastEnd || length.getAsLong() > there);
  }
}
