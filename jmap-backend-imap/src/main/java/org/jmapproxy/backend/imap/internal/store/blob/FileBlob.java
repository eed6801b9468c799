package org.jmapproxy.backend.imap.internal.store.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.blob.BoundedStream;
import org.jmapproxy.core.error.BackendException;

/**
 * Data in a file.
 *
 * @param file the file
 * @param size its size in octets
 * @param type the media type
 */
record FileBlob(Path file, long size, String type) implements Blob {

  @Override
  public InputStream open(long offset, long length) {
    try {
      SeekableByteChannel channel = Files.newByteChannel(file);
      channel.position(offset);
      return new BoundedStream(Channels.newInputStream(channel), length);
    } catch (IOException e) {
      throw new BackendException(BackendException.Reason.GONE, "the uploaded data have expired", e);
    }
  }
}
