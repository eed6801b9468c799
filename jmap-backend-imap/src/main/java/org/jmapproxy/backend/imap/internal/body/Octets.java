package org.jmapproxy.backend.imap.internal.body;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jmapproxy.core.blob.BoundedStream;

/** Data of the cache. */
sealed interface Octets {

  /** How many there are. */
  long size() throws IOException;

  /** A stretch of them. */
  InputStream open(long offset, long length) throws IOException;

  /** Data in memory. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Held(byte[] octets) implements Octets {

    @Override
    public long size() {
      return octets.length;
    }

    @Override
    public InputStream open(long offset, long length) {
      int start = (int) Math.min(offset, octets.length);
      return new ByteArrayInputStream(octets, start, (int) Math.min(length, octets.length - start));
    }
  }

  /** Data in a file, which may go to make room for others. */
  record InFile(Path path) implements Octets {

    @Override
    public long size() throws IOException {
      return Files.size(path);
    }

    @Override
    public InputStream open(long offset, long length) throws IOException {
      FileChannel channel = FileChannel.open(path);
      channel.position(offset);
      return new BoundedStream(Channels.newInputStream(channel), length);
    }
  }
}
