package org.jmapproxy.backend.imap.internal.body;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jmapproxy.mail.charset.OctetDecoder;
import org.jmapproxy.mail.mime.TransferEncoding;

/** Decodes a body while it is written, without ever holding all of it. */
final class TransferDecoding extends FilterOutputStream {
  private static final int PIECE = 8192;

  private final OctetDecoder decoder;
  private final byte[] decoded = new byte[PIECE + OctetDecoder.SPARE];

  private TransferDecoding(OctetDecoder decoder, OutputStream target) {
    super(target);
    this.decoder = decoder;
  }

  /**
   * A stream that takes encoded octets.
   *
   * @param decoded gets the decoded ones; is closed with the result
   */
  static OutputStream of(TransferEncoding encoding, OutputStream decoded) {
    return encoding
        .decoder()
        .<OutputStream>map(decoder -> new TransferDecoding(decoder, decoded))
        .orElse(decoded);
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] octets, int offset, int count) throws IOException {
    for (int done = 0; done < count; done += PIECE) {
      int piece = Math.min(PIECE, count - done);
      out.write(decoded, 0, decoder.decode(octets, offset + done, piece, decoded, 0));
    }
  }

  @Override
  public void close() throws IOException {
    out.write(decoded, 0, decoder.finish(decoded, 0));
    super.close();
  }
}
