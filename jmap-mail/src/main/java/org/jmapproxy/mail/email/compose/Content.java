package org.jmapproxy.mail.email.compose;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jmapproxy.core.blob.Blob;

/** A stretch of a message that is being composed. */
sealed interface Content {

  /** Octets in the message. */
  long size();

  /** A new stream over them. */
  InputStream open();

  /**
   * Octets that are there.
   *
   * @param octets not copied
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Octets(byte[] octets) implements Content {

    static Octets of(String text) {
      return new Octets(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public long size() {
      return octets.length;
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(octets);
    }
  }

  /**
   * A blob in Base64.
   *
   * @param blob what to encode
   */
  record Encoded(Blob blob) implements Content {

    @Override
    public long size() {
      return Base64Lines.sizeOf(blob.size());
    }

    @Override
    public InputStream open() {
      return new Base64Lines(blob.open());
    }
  }

  /**
   * A blob as it is.
   *
   * @param blob what to copy
   */
  record Verbatim(Blob blob) implements Content {

    @Override
    public long size() {
      return blob.size();
    }

    @Override
    public InputStream open() {
      return blob.open();
    }
  }
}
