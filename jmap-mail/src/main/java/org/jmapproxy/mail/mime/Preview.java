package org.jmapproxy.mail.mime;

import java.util.Arrays;
import java.util.Optional;
import org.jmapproxy.mail.charset.TextDecoder;

/**
 * Makes the preview of a message (RFC 8621 section 4.1.4): at most 256 characters of plain text.
 */
public final class Preview {
  /**
   * Octets of the encoded part that are nearly always enough. HTML that begins with more style
   * sheet than that gives an empty preview; up to sixteen times as much is looked at where given.
   */
  public static final int PREFIX_OCTETS = 4096;

  private static final int LONGEST_PREFIX = 16 * PREFIX_OCTETS;

  private Preview() {}

  /**
   * Makes a preview from the beginning of a part as it is encoded in the message, perhaps cut in
   * the middle of anything. Quoted text and signatures come last; white space is collapsed.
   *
   * @param part the part that {@link PreviewPart#choose} chose
   * @param encodedPrefix its first octets
   */
  public static String of(BodyPart part, byte[] encodedPrefix) {
    byte[] prefix = encodedPrefix;
    if (prefix.length > LONGEST_PREFIX) {
      prefix = Arrays.copyOf(prefix, LONGEST_PREFIX);
    }
    byte[] octets = part.encoding().decode(prefix);
    boolean html = part.type().equals("text/html");
    Optional<String> charset = html ? HtmlCharset.of(part, octets) : part.charset();
    String text = TextDecoder.decodePrefix(octets, charset).text();
    return ofText(html ? HtmlText.of(text) : text);
  }

  /**
   * Makes a preview from plain text, in which lines that begin with {@code >} are quoted.
   *
   * @param text the text, perhaps just its beginning
   */
  public static String ofText(String text) {
    PreviewText preview = new PreviewText();
    text.lines().limit(PREFIX_OCTETS).forEach(preview::line);
    return preview.text();
  }
}
