package org.jmapproxy.backend.imap.internal.body;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.function.Supplier;
import org.jmapproxy.core.blob.Blob;

/**
 * Data that may have to be fetched first and may be thrown away between two uses.
 *
 * @param octets brings the data about; called at each use
 */
record CachedBlob(String type, Supplier<Octets> octets) implements Blob {

  @Override
  public long size() {
    return reading(Octets::size);
  }

  @Override
  public InputStream open(long offset, long length) {
    return reading(data -> data.open(offset, length));
  }

  /** Files go to make room for others, also in the moment before they are opened. */
  private <T> T reading(Use<T> use) {
    try {
      try {
        return use.of(octets.get());
      } catch (NoSuchFileException e) {
        return use.of(octets.get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Something to do with data. */
  private interface Use<T> {
    T of(Octets octets) throws IOException;
  }
}
