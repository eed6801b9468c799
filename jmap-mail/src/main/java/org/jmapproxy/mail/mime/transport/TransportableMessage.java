package org.jmapproxy.mail.mime.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.mail.email.compose.Base64Lines;
import org.jmapproxy.mail.mime.BodyPart;
import org.jmapproxy.mail.mime.TransferEncoding;
import org.jmapproxy.mail.mime.parse.MessageContent;
import org.jmapproxy.mail.mime.parse.MessageLayout;
import org.jmapproxy.mail.mime.parse.MessageParser;
import org.jmapproxy.mail.mime.parse.OctetRange;
import org.jmapproxy.mail.mime.parse.PartLayout;

/**
 * A message as a server takes it that knows no 8BITMIME (RFC 6152 section 3), and without lines of
 * more than 998 octets, which no server has to take (RFC 5321 section 4.5.3.1.6). Parts that need
 * it are encoded in quoted-printable, if they are text, or base64; their content does not change.
 * What is signed is never touched (RFC 1847 section 2.1).
 */
public final class TransportableMessage {

  private static final Set<String> PROTECTED = Set.of("multipart/signed", "multipart/encrypted");

  private final Blob message;
  private final MessageContent content;
  private final boolean takesEightBit;
  private final List<Supplier<InputStream>> pieces = new ArrayList<>();
  private Optional<String> problem = Optional.empty();
  private long written;

  private TransportableMessage(Blob message, boolean takesEightBit) {
    this.message = message;
    this.content = new MessageContent(message);
    this.takesEightBit = takesEightBit;
  }

  /**
   * Prepares a message.
   *
   * @param message with CRLF at the end of lines
   * @param takesEightBit whether octets beyond ASCII may stay in bodies, so that only long lines
   *     matter
   */
  public static TransportableMessage of(Blob message, boolean takesEightBit) {
    TransportableMessage prepared = new TransportableMessage(message, takesEightBit);
    MessageLayout layout = layout(message);
    prepared.checkLines(layout.root());
    prepared.walk(layout.root(), false);
    prepared.copyTo(message.size());
    return prepared;
  }

  private static MessageLayout layout(Blob message) {
    try (InputStream in = message.open()) {
      return MessageParser.standard().parse(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Why it cannot be made so, as a sentence without its end. */
  public Optional<String> problem() {
    return problem;
  }

  /** A new stream over the message, to be closed by the caller; only if there is no problem. */
  public InputStream open() {
    return new Pieces(List.copyOf(pieces));
  }

  /** The header of the message itself may go beyond ASCII: that is another extension. */
  private void checkLines(PartLayout root) {
    if (OctetScan.of(open(root.header())).hasLongLine()) {
      fail("the header has a line of more than 998 octets");
    }
  }

  private void walk(PartLayout part, boolean isProtected) {
    boolean isInside = isProtected || PROTECTED.contains(part.part().type());
    if (!part.parts().isEmpty()) {
      walkContainer(part, isInside);
    } else if (!OctetScan.of(content.encoded(part)).isFit(takesEightBit)) {
      encode(part, isInside);
    }
  }

  /** A container is not encoded (RFC 2045 section 6.4), so it says of its parts what they are. */
  private void walkContainer(PartLayout part, boolean isProtected) {
    if (!isProtected && !takesEightBit && saysEightBit(part.part())) {
      replaceHeader(part, "7bit");
    }
    long around = part.body().start();
    for (PartLayout child : part.parts()) {
      checkStretch(around, child.header().end());
      walk(child, isProtected);
      around = child.body().end();
    }
    checkStretch(around, part.body().end());
  }

  private static boolean saysEightBit(BodyPart part) {
    String name = part.transferEncoding().toLowerCase(Locale.ROOT);
    return name.equals("8bit") || name.equals("binary");
  }

  private void checkStretch(long start, long end) {
    if (!OctetScan.of(message.open(start, end - start)).isFit(takesEightBit)) {
      fail("what is around the parts of the message, or the header of one, cannot be sent");
    }
  }

  private void encode(PartLayout part, boolean isProtected) {
    TransferEncoding now = part.part().encoding();
    boolean isUnknown = now == TransferEncoding.UNKNOWN || now == TransferEncoding.UUENCODE;
    if (isProtected) {
      fail("the message is signed or encrypted, and must not be encoded otherwise");
    } else if (isUnknown || part.part().type().startsWith("message/")) {
      fail("a part of the message cannot be encoded otherwise");
    } else if (now == TransferEncoding.IDENTITY
        && part.part().isText()
        && OctetScan.of(content.encoded(part)).isMostlyAscii()) {
      replaceHeader(part, "quoted-printable");
      replaceBody(part, () -> new QuotedPrintableLines(content.decoded(part)));
    } else {
      replaceHeader(part, "base64");
      replaceBody(part, () -> new Base64Lines(content.decoded(part)));
    }
  }

  private void replaceHeader(PartLayout part, String transferEncoding) {
    copyTo(part.header().start());
    byte[] header = PartHeader.with(transferEncoding, octets(part.header()));
    pieces.add(() -> new ByteArrayInputStream(header));
    written = part.header().end();
  }

  private void replaceBody(PartLayout part, Supplier<InputStream> body) {
    pieces.add(body);
    written = part.body().end();
  }

  /** What was passed over is sent as it is. */
  private void copyTo(long end) {
    long start = written;
    if (end > start) {
      pieces.add(() -> message.open(start, end - start));
      written = end;
    }
  }

  private InputStream open(OctetRange range) {
    return message.open(range.start(), range.length());
  }

  private byte[] octets(OctetRange range) {
    try (InputStream in = open(range)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void fail(String why) {
    problem = problem.or(() -> Optional.of(why));
  }
}
