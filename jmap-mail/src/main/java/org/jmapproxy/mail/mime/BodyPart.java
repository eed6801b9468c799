package org.jmapproxy.mail.mime;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A node of a message's MIME structure (RFC 8621 section 4.1.4), from BODYSTRUCTURE or from parsing
 * the message; both give the same ids. Does not go into message/rfc822 parts. Texts are decoded.
 *
 * @param partId the IMAP section number ({@code 1}, {@code 2.1}); empty if and only if multipart
 * @param type the media type in lower case, without parameters
 * @param charset as declared, or {@code us-ascii} where a text part declares none; empty for others
 * @param name the file name, if any
 * @param disposition in lower case, without parameters, if any
 * @param cid the Content-Id without angle brackets, if any
 * @param language the language tags; empty if there is no Content-Language field
 * @param location the Content-Location, if any
 * @param size octets of the body as it is encoded in the message
 * @param decodedSize octets of the body after decoding, if that is known exactly; without encoding
 *     it is the size
 * @param transferEncoding the Content-Transfer-Encoding in lower case, {@code 7bit} if none
 * @param lines lines of a text part, 0 if unknown
 * @param parameters the decoded parameters of the Content-Type field by lower-case name
 * @param subParts the children of a multipart, else empty
 */
public record BodyPart(
    Optional<String> partId,
    String type,
    Optional<String> charset,
    Optional<String> name,
    Optional<String> disposition,
    Optional<String> cid,
    Optional<List<String>> language,
    Optional<String> location,
    long size,
    OptionalLong decodedSize,
    String transferEncoding,
    long lines,
    Map<String, String> parameters,
    List<BodyPart> subParts) {

  /** Copies the collections, and makes sure of the decoded size. */
  public BodyPart {
    if (isMultipart(type) || TransferEncoding.named(transferEncoding).decoder().isEmpty()) {
      decodedSize = OptionalLong.of(size);
    }
    language = language.map(List::copyOf);
    parameters = Map.copyOf(parameters);
    subParts = List.copyOf(subParts);
  }

  /**
   * Begins a part.
   *
   * @param type the media type in any case
   */
  public static BodyPartBuilder builder(String type) {
    return new BodyPartBuilder(type.toLowerCase(Locale.ROOT));
  }

  /** Whether the part is a container of others. */
  public boolean isMultipart() {
    return isMultipart(type);
  }

  private static boolean isMultipart(String type) {
    return type.startsWith("multipart/");
  }

  /** Whether the part is text of any kind. */
  public boolean isText() {
    return type.startsWith("text/");
  }

  /** Whether the part is an image, sound or film, which clients show in place. */
  public boolean isInlineMedia() {
    return type.startsWith("image/") || type.startsWith("audio/") || type.startsWith("video/");
  }

  /** What follows the slash of the type: {@code alternative} of {@code multipart/alternative}. */
  public String subtype() {
    return type.substring(type.indexOf('/') + 1);
  }

  /** How the body is encoded in the message. */
  public TransferEncoding encoding() {
    return TransferEncoding.named(transferEncoding);
  }

  /**
   * The size after decoding, as well as it can be told from the encoded size: exact without
   * encoding, a few octets off for base64 in lines of 76, an upper bound for quoted-printable.
   */
  public long estimatedDecodedSize() {
    if (encoding() != TransferEncoding.BASE64) {
      return size;
    }
    long lineBreaks = (size + 77) / 78 * 2;
    return Math.max(0, size - lineBreaks) / 4 * 3;
  }
}
