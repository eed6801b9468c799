package org.jmapproxy.backend.imap.internal.command;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jmapproxy.core.blob.Blob;

/** A message with line ends as APPEND wants them; bare LF and bare CR become CRLF. */
final class CrlfMessage {
  private static final int LARGEST_HEADER = 1 << 20;

  private final Blob blob;
  private final long size;

  private CrlfMessage(Blob blob, long size) {
    this.blob = blob;
    this.size = size;
  }

  /** Reads the blob once to learn the size. */
  static CrlfMessage of(Blob blob) {
    try (InputStream in = new Stream(blob.open())) {
      byte[] buffer = new byte[1 << 16];
      long size = 0;
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        size += count;
      }
      return new CrlfMessage(blob, size);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long size() {
    return size;
  }

  InputStream open() {
    return new Stream(blob.open());
  }

  /** The beginning of the message up to its first empty line. */
  byte[] header() {
    try (InputStream in = open()) {
      ByteArrayOutputStream header = new ByteArrayOutputStream();
      int inRow = 0;
      for (int octet = in.read();
          octet >= 0 && inRow < 4 && header.size() < LARGEST_HEADER;
          octet = in.read()) {
        header.write(octet);
        inRow = octet == (inRow % 2 == 0 ? '\r' : '\n') ? inRow + 1 : 0;
      }
      return header.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Inserts what is missing of each line end. */
  private static final class Stream extends FilterInputStream {
    private final byte[] source = new byte[1 << 14];
    private int next;
    private int end;
    private boolean afterCr;
    private boolean lfIsDue;

    Stream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      if (lfIsDue) {
        lfIsDue = false;
        return '\n';
      }
      int octet = take();
      if (afterCr) {
        afterCr = false;
        if (octet == '\n') {
          return '\n';
        }
        next -= octet < 0 ? 0 : 1;
        return '\n';
      }
      if (octet == '\r') {
        afterCr = true;
      } else if (octet == '\n') {
        lfIsDue = true;
        return '\r';
      }
      return octet;
    }

    private int take() throws IOException {
      if (next == end) {
        int count = in.read(source, 0, source.length);
        if (count < 0) {
          return -1;
        }
        next = 0;
        end = count;
      }
      return source[next++] & 0xff;
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
      int count = 0;
      while (count < length) {
        int octet = read();
        if (octet < 0) {
          return count == 0 ? -1 : count;
        }
        octets[offset + count++] = (byte) octet;
      }
      return count;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
