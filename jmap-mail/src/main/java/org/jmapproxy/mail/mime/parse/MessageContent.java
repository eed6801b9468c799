package org.jmapproxy.mail.mime.parse;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.mail.header.HeaderBlock;

/**
 * Reads parts out of a message whose layout is known; only the octets of the part are read. A
 * failing source throws {@link UncheckedIOException}, content never does. Thread-safe.
 */
public final class MessageContent {
  /** A longer header is read as far as this. */
  private static final int MOST_HEADER = 1 << 20;

  /** More of a text is never decoded at once. */
  private static final int MOST_TEXT = 16 << 20;

  private static final int LEAST_PREFIX = 1024;

  private final Blob message;

  /**
   * Reads a message.
   *
   * @param message the same octets that were parsed
   */
  public MessageContent(Blob message) {
    this.message = message;
  }

  /** The header of a part, of a huge one the first megabyte. */
  public HeaderBlock header(PartLayout part) {
    long length = Math.min(part.header().length(), MOST_HEADER);
    try (InputStream in = message.open(part.header().start(), length)) {
      return HeaderBlock.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The body of a part as it is encoded in the message, to be closed by the caller. */
  public InputStream encoded(PartLayout part) {
    return message.open(part.body().start(), part.body().length());
  }

  /**
   * The body of a part, decoded; {@link PartLayout#decodedSize} octets, to be closed by the caller.
   */
  public InputStream decoded(PartLayout part) {
    InputStream encoded = encoded(part);
    return part.part()
        .encoding()
        .decoder()
        .<InputStream>map(decoder -> new DecodedStream(encoded, decoder))
        .orElse(encoded);
  }

  /**
   * Takes an attached message apart as a message of its own, with numbers and offsets of its own.
   * The offsets count in {@link #decoded}.
   */
  public MessageLayout parsed(PartLayout part, MessageParser parser) {
    try (InputStream in = decoded(part)) {
      return parser.parse(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The text of a part, cut at a character and for HTML outside of tags.
   *
   * @param part a text part; others are read as if they were text
   * @param most octets of UTF-8 that the text may have; 0: as much as there is, up to 16 MiB of
   *     decoded octets
   */
  public BodyText text(PartLayout part, long most) {
    long prefix =
        most <= 0
            ? MOST_TEXT
            : Math.min(MOST_TEXT, Math.max(LEAST_PREFIX, 4 * Math.min(most, MOST_TEXT)));
    BodyText text = text(part, most, (int) prefix);
    while (text.truncated() && most > 0 && prefix < MOST_TEXT && isShort(text, most)) {
      prefix = Math.min(MOST_TEXT, prefix * 4);
      text = text(part, most, (int) prefix);
    }
    return text;
  }

  /** Whether a longer prefix may give more: escapes and wide characters take many octets. */
  private static boolean isShort(BodyText text, long most) {
    return text.text().length() < most / 4;
  }

  private BodyText text(PartLayout layout, long most, int prefix) {
    byte[] octets = read(layout, prefix);
    boolean whole = octets.length == layout.decodedSize();
    return BodyText.of(layout.part(), octets, whole, most);
  }

  private byte[] read(PartLayout part, int most) {
    try (InputStream in = decoded(part)) {
      return in.readNBytes(most);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
