package org.jmapproxy.mail.mime;

import java.util.Locale;
import java.util.Optional;
import org.jmapproxy.mail.charset.LenientBase64;
import org.jmapproxy.mail.charset.LenientQuotedPrintable;
import org.jmapproxy.mail.charset.LenientUuencode;
import org.jmapproxy.mail.charset.OctetDecoder;

/** Content-Transfer-Encodings (RFC 2045 section 6), and one that is older. */
public enum TransferEncoding {
  /** 7bit, 8bit and binary: the octets are themselves. */
  IDENTITY,
  /** Base64. */
  BASE64,
  /** Quoted-printable. */
  QUOTED_PRINTABLE,
  /** Uuencode, which never became a standard. */
  UUENCODE,
  /** A name nobody knows; treated as no encoding (RFC 8621 section 4.1.4, blobId). */
  UNKNOWN;

  /**
   * The encoding that a name means, with the misspellings of the wild.
   *
   * @param name as in the message, in any case; an empty one is identity
   */
  public static TransferEncoding named(String name) {
    String plain = name.strip().toLowerCase(Locale.ROOT);
    return switch (plain) {
      case "", "7bit", "8bit", "binary", "7-bit", "8-bit", "none" -> IDENTITY;
      case "base64", "base-64" -> BASE64;
      case "quoted-printable", "quoted_printable", "quotedprintable" -> QUOTED_PRINTABLE;
      case "x-uuencode", "uuencode", "x-uue", "uue" -> UUENCODE;
      default -> UNKNOWN;
    };
  }

  /**
   * Decodes octets, perhaps cut at the end. Faults in them cost no more than themselves.
   *
   * @param encoded the octets as in the message
   * @return the decoded octets; for identity the same array
   */
  public byte[] decode(byte[] encoded) {
    return switch (this) {
      case IDENTITY, UNKNOWN -> encoded;
      case BASE64 -> LenientBase64.decode(encoded);
      case QUOTED_PRINTABLE -> LenientQuotedPrintable.decode(encoded);
      case UUENCODE -> LenientUuencode.decode(encoded);
    };
  }

  /** A new decoder for content that arrives in pieces; empty if the octets are themselves. */
  public Optional<OctetDecoder> decoder() {
    return switch (this) {
      case IDENTITY, UNKNOWN -> Optional.empty();
      case BASE64 -> Optional.of(new LenientBase64());
      case QUOTED_PRINTABLE -> Optional.of(new LenientQuotedPrintable());
      case UUENCODE -> Optional.of(new LenientUuencode());
    };
  }
}
