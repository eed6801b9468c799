package org.jmapproxy.mail.mime.parse;

import java.util.Optional;
import org.jmapproxy.mail.charset.DecodedText;
import org.jmapproxy.mail.charset.TextDecoder;
import org.jmapproxy.mail.mime.BodyPart;
import org.jmapproxy.mail.mime.HtmlCharset;
import org.jmapproxy.mail.mime.TransferEncoding;

/**
 * The text of a part, as an EmailBodyValue has it (RFC 8621 section 4.1.4).
 *
 * @param text with LF for each CRLF
 * @param encodingProblem whether the charset or the transfer encoding is unknown or violated
 * @param truncated whether there is more
 */
public record BodyText(String text, boolean encodingProblem, boolean truncated) {

  /**
   * Reads the decoded content of a part, cut at a character and for HTML outside of tags.
   *
   * @param part a text part; others are read as if they were text
   * @param octets the content, or the beginning of it
   * @param whole whether it is all of the content
   * @param most octets of UTF-8 that the text may have; 0: as much as there is
   */
  public static BodyText of(BodyPart part, byte[] octets, boolean whole, long most) {
    boolean html = part.type().equals("text/html");
    Optional<String> charset = html ? HtmlCharset.of(part, octets) : part.charset();
    DecodedText decoded =
        whole ? TextDecoder.decode(octets, charset) : TextDecoder.decodePrefix(octets, charset);
    String text = decoded.text().replace("\r\n", "\n");
    long limit = most <= 0 ? Long.MAX_VALUE : most;
    String shown = html ? TextCut.html(text, limit) : TextCut.plain(text, limit);
    boolean unknownEncoding = part.encoding() == TransferEncoding.UNKNOWN;
    return new BodyText(
        shown,
        decoded.encodingProblem() || unknownEncoding,
        !whole || shown.length() < text.length());
  }
}
