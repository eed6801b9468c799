package org.jmapproxy.backend.imap.internal.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Writes a message as DATA wants it: dots at the start of lines doubled, ended by a line end. */
final class DottedMessage {

  private static final int BUFFER = 1 << 16;

  private final OutputStream out;
  private boolean atLineStart = true;

  DottedMessage(OutputStream out) {
    this.out = out;
  }

  /** Writes all but the final dot. */
  void write(InputStream message) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int count = message.read(buffer); count >= 0; count = message.read(buffer)) {
      write(buffer, count);
    }
    if (!atLineStart) {
      out.write('\r');
      out.write('\n');
    }
  }

  private void write(byte[] buffer, int count) throws IOException {
    int written = 0;
    for (int i = 0; i < count; i++) {
      if (atLineStart && buffer[i] == '.') {
        out.write(buffer, written, i - written);
        out.write('.');
        written = i;
      }
      atLineStart = buffer[i] == '\n';
    }
    out.write(buffer, written, count - written);
  }
}
