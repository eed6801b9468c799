package org.jmapproxy.mail.email;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.blob.BoundedStream;
import org.jmapproxy.mail.mime.parse.MessageContent;
import org.jmapproxy.mail.mime.parse.PartLayout;

/**
 * The decoded content of a part, read out of its message.
 *
 * @param message the octets that were parsed
 * @param layout where the part lies
 */
record PartBlob(Blob message, PartLayout layout) implements Blob {

  @Override
  public long size() {
    return layout.decodedSize();
  }

  @Override
  public String type() {
    return layout.part().type();
  }

  @Override
  public InputStream open(long offset, long length) {
    long start = Math.min(offset, size());
    long most = Math.min(length, size() - start);
    if (layout.part().encoding().decoder().isEmpty()) {
      return message.open(layout.body().start() + start, most);
    }
    InputStream decoded = new MessageContent(message).decoded(layout);
    try {
      decoded.skipNBytes(start);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new BoundedStream(decoded, most);
  }
}
