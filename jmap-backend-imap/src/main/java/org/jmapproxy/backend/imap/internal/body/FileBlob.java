package org.jmapproxy.backend.imap.internal.body;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.blob.BoundedStream;

/**
 * Data in a file, which may have to be fetched first and may be thrown away between two uses.
 *
 * @param file brings the file about; called at each use
 */
record FileBlob(String type, Supplier<Path> file) implements Blob {

  @Override
  public long size() {
    try {
      return Files.size(file.get());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public InputStream open(long offset, long length) {
    try {
      FileChannel channel = channel();
      channel.position(offset);
      return new BoundedStream(Channels.newInputStream(channel), length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Files go to make room for others, also in the moment before they are opened. */
  private FileChannel channel() throws IOException {
    try {
      return FileChannel.open(file.get());
    } catch (NoSuchFileException e) {
      return FileChannel.open(file.get());
    }
  }
}
