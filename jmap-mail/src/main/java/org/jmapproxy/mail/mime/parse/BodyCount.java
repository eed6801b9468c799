package org.jmapproxy.mail.mime.parse;

import org.jmapproxy.mail.charset.OctetDecoder;
import org.jmapproxy.mail.mime.TransferEncoding;
import org.jspecify.annotations.Nullable;

/** Counts the lines and the decoded octets of a body while it passes. */
final class BodyCount {
  static final BodyCount NONE = new BodyCount(null);

  private static final byte[] BREAK = {'\r', '\n'};

  private final @Nullable OctetDecoder decoder;
  private long lines;
  private long decodedSize;

  /** Octets of the last line break, which may belong to a boundary. */
  private int held;

  private BodyCount(@Nullable OctetDecoder decoder) {
    this.decoder = decoder;
  }

  static BodyCount of(TransferEncoding encoding) {
    return new BodyCount(encoding.decoder().orElse(null));
  }

  boolean decodes() {
    return decoder != null;
  }

  void take(LineWindow piece, byte[] scratch) {
    int lineBreak = piece.lineBreak();
    if (decoder != null) {
      decode(decoder, BREAK, 2 - held, held, scratch);
      decode(decoder, piece.octets, piece.from, piece.to - piece.from - lineBreak, scratch);
    }
    held = lineBreak;
    lines += lineBreak > 0 ? 1 : 0;
  }

  void end(boolean withoutBreak) {
    if (withoutBreak && held > 0) {
      lines--;
    } else if (decoder != null) {
      decode(decoder, BREAK, 2 - held, held, new byte[held + OctetDecoder.SPARE]);
    }
    if (decoder != null) {
      decodedSize += decoder.finish(new byte[OctetDecoder.SPARE], 0);
    }
  }

  private void decode(OctetDecoder by, byte[] octets, int from, int length, byte[] scratch) {
    if (length > 0) {
      decodedSize += by.decode(octets, from, length, scratch, 0);
    }
  }

  long lines() {
    return lines;
  }

  long decodedSize() {
    return decodedSize;
  }
}
