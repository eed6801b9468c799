package org.jmapproxy.backend.imap.internal.protocol.wire;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/** Sends commands, and waits where a literal needs the server's consent. Not thread-safe. */
public final class CommandWriter {
  private static final int BUFFER = 2048;

  private static final int SMALL_LITERAL = 4096;
  private static final int UNASKED_LITERAL = 1 << 20;

  /** How literals may be sent without asking first (RFC 7888). */
  public enum LiteralMode {
    /** Every literal waits for a continuation. */
    SYNCHRONISING,
    /** LITERAL-: up to 4096 bytes need not wait. */
    SMALL,
    /** LITERAL+: none needs to wait; we still ask for large ones, to hear a refusal early. */
    ANY
  }

  private OutputStream out;
  private LiteralMode mode = LiteralMode.SYNCHRONISING;

  public CommandWriter(OutputStream out) {
    this.out = new BufferedOutputStream(out, BUFFER);
  }

  /** Goes on with another stream (after STARTTLS or COMPRESS). */
  public void replaceStream(OutputStream stream) {
    out = new BufferedOutputStream(stream, BUFFER);
  }

  public void literalMode(LiteralMode newMode) {
    mode = newMode;
  }

  /**
   * Sends the command.
   *
   * @param continued waits for the server's continuation; false if it refused the command instead
   * @return false if the server refused a literal, so that the rest was not sent
   * @throws IOException if the connection breaks or a literal's source ends early
   */
  public boolean send(String tag, Command command, BooleanSupplier continued) throws IOException {
    ascii(tag);
    out.write(' ');
    for (Command.Part part : command.parts()) {
      if (part instanceof Command.Text text) {
        ascii(text.text().toString());
      } else if (part instanceof Command.Literal literal) {
        boolean asks = asks(literal.size());
        ascii((literal.binary() ? "~{" : "{") + literal.size() + (asks ? "}\r\n" : "+}\r\n"));
        if (asks) {
          out.flush();
          if (!continued.getAsBoolean()) {
            return false;
          }
        }
        copy(literal.source(), literal.size());
      }
    }
    ascii("\r\n");
    out.flush();
    return true;
  }

  /** Sends a bare line: the answer to a continuation. */
  public void line(String text) throws IOException {
    ascii(text);
    ascii("\r\n");
    out.flush();
  }

  private boolean asks(long size) {
    return switch (mode) {
      case SYNCHRONISING -> true;
      case SMALL -> size > SMALL_LITERAL;
      case ANY -> size > UNASKED_LITERAL;
    };
  }

  private void copy(InputStream source, long size) throws IOException {
    byte[] buffer = new byte[(int) Math.min(size, 16384)];
    long open = size;
    while (open > 0) {
      int read = source.read(buffer, 0, (int) Math.min(open, buffer.length));
      if (read < 0) {
        throw new LiteralTooShortException(open);
      }
      out.write(buffer, 0, read);
      open -= read;
    }
  }

  private void ascii(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }
}
