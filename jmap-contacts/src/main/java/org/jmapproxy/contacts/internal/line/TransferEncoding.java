package org.jmapproxy.contacts.internal.line;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;

/** Quoted-printable values, as vCard 2.1 has them. */
final class TransferEncoding {

  private TransferEncoding() {}

  /** The value as later versions write it: what is encoded is decoded, and line ends escaped. */
  static String decoded(String value, Parameters parameters) {
    if (!parameters.has("ENCODING", "QUOTED-PRINTABLE")) {
      return value;
    }
    String text = new String(octets(value), charset(parameters));
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n");
  }

  private static byte[] octets(String value) {
    ByteArrayOutputStream octets = new ByteArrayOutputStream(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      int high = i + 2 < value.length() ? Character.digit(value.charAt(i + 1), 16) : -1;
      int low = high >= 0 ? Character.digit(value.charAt(i + 2), 16) : -1;
      if (c == '=' && low >= 0) {
        octets.write(high * 16 + low);
        i += 2;
      } else if (c < 0x80) {
        octets.write(c);
      } else {
        int end = Character.isHighSurrogate(c) && i + 1 < value.length() ? i + 2 : i + 1;
        octets.writeBytes(value.substring(i, end).getBytes(StandardCharsets.UTF_8));
        i = end - 1;
      }
    }
    return octets.toByteArray();
  }

  private static Charset charset(Parameters parameters) {
    try {
      return parameters.first("CHARSET").map(Charset::forName).orElse(StandardCharsets.UTF_8);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return StandardCharsets.UTF_8;
    }
  }
}
