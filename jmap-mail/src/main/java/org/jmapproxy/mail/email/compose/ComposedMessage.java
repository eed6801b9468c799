package org.jmapproxy.mail.email.compose;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jmapproxy.core.blob.Blob;

/**
 * A message whose attachments are read when it is read.
 *
 * @param contents its stretches in order
 */
record ComposedMessage(List<Content> contents) implements Blob {

  ComposedMessage {
    contents = List.copyOf(contents);
  }

  @Override
  public long size() {
    return contents.stream().mapToLong(Content::size).sum();
  }

  @Override
  public String type() {
    return "message/rfc822";
  }

  @Override
  public InputStream open(long offset, long length) {
    InputStream stream =
        new ContentStream(contents, Math.min(offset, size()) + Math.min(length, size()));
    try {
      stream.skipNBytes(Math.min(offset, size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return stream;
  }
}
