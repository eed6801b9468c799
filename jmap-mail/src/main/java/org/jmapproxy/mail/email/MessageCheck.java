package org.jmapproxy.mail.email;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.mail.header.HeaderBlock;
import org.jmapproxy.mail.header.HeaderField;
import org.jmapproxy.mail.header.HeaderForm;
import org.jmapproxy.mail.header.HeaderValue;

/** Looks at the header of a message that is to be stored. */
final class MessageCheck {

  /** A header that is longer is taken as far as this. */
  private static final int MOST_OCTETS = 1 << 20;

  private final HeaderBlock header;

  private MessageCheck(HeaderBlock header) {
    this.header = header;
  }

  /** Reads no more than the header of a message. */
  static MessageCheck of(Blob message) {
    try (InputStream in = message.open(0, Math.min(message.size(), MOST_OCTETS))) {
      return new MessageCheck(HeaderBlock.of(header(in)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the data are a message at all: there is a header field. */
  boolean isMessage() {
    return !header.fields().isEmpty();
  }

  /** When the message was received last, by its topmost Received field. */
  Optional<Instant> received() {
    return header.all("Received").stream().findFirst().flatMap(MessageCheck::date);
  }

  /** The date stands behind the last semicolon (RFC 5322 section 3.6.7). */
  private static Optional<Instant> date(HeaderField received) {
    String value = received.parseable();
    HeaderField date = new HeaderField("Date", value.substring(value.lastIndexOf(';') + 1));
    return HeaderForm.DATE
        .read(date)
        .map(read -> ((HeaderValue.Date) read).date())
        .map(OffsetDateTime::toInstant);
  }

  private static byte[] header(InputStream in) throws IOException {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    int lineLength = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      for (int i = 0; i < read; i++) {
        header.write(buffer[i]);
        if (buffer[i] == '\n') {
          if (lineLength == 0) {
            return header.toByteArray();
          }
          lineLength = 0;
        } else if (buffer[i] != '\r') {
          lineLength++;
        }
      }
    }
    return header.toByteArray();
  }
}
