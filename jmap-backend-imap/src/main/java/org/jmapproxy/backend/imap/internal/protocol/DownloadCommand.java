package org.jmapproxy.backend.imap.internal.protocol;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapLimitException;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchRequest;

/** One section of one message in chunks, so that no size on the wire decides about our memory. */
final class DownloadCommand {
  private static final int CHUNK = 1 << 20;

  private final ImapSession session;
  private final long uid;
  private final String section;

  DownloadCommand(ImapSession session, long uid, String section) {
    this.session = session;
    this.uid = uid;
    this.section = section;
  }

  OptionalLong run(long expectedSize, long mostBytes, OutputStream out) {
    long written = 0;
    while (written < mostBytes) {
      int asked = (int) Math.min(CHUNK, mostBytes - written);
      Optional<byte[]> chunk = chunk(written, asked);
      if (chunk.isEmpty() && written == 0) {
        return OptionalLong.empty();
      }
      byte[] bytes = chunk.orElse(new byte[0]);
      write(bytes, out);
      written += bytes.length;
      if (bytes.length == 0 || (bytes.length < asked && written >= expectedSize)) {
        break;
      }
    }
    return OptionalLong.of(written);
  }

  private Optional<byte[]> chunk(long offset, int length) {
    FetchRequest request =
        FetchRequest.builder().section(section, offset, length).maxLiteral(length).build();
    byte[][] found = new byte[1][];
    new FetchCommand(
            session,
            UidSet.of(uid),
            request,
            message -> message.section(section).ifPresent(bytes -> found[0] = bytes))
        .run();
    if (found[0] != null && found[0].length > length) {
      throw new ImapLimitException("The server sent more of a body than was asked");
    }
    return Optional.ofNullable(found[0]);
  }

  private static void write(byte[] bytes, OutputStream out) {
    try {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
