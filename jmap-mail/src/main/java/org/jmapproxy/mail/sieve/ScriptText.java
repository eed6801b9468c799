package org.jmapproxy.mail.sieve;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.type.Decoded;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads the text of a script out of a blob (RFC 9661 section 2.2). */
final class ScriptText {

  static final String BLOB_NOT_FOUND = "blobNotFound";
  static final String INVALID_SIEVE = "invalidSieve";

  /** What is read where nobody says how large scripts may be. */
  private static final long MOST = 1 << 20;

  private ScriptText() {}

  /**
   * The text, or why it cannot be that of a script: there is no such blob ({@code blobNotFound}),
   * it is too large, empty, or no text.
   */
  static Decoded<String> read(CallContext context, Roles roles, Id blobId) {
    Optional<Blob> blob = roles.find(BlobRole.ROLE).flatMap(blobs -> blobs.find(context, blobId));
    if (blob.isEmpty()) {
      return new Decoded.Invalid<>(notFound(blobId));
    }
    long most = roles.find(SieveRole.ROLE).map(ScriptText::most).orElse(MOST);
    if (blob.get().size() > most) {
      return new Decoded.Invalid<>(SetError.tooLarge("maxSizeScript is " + most));
    }
    try (InputStream octets = blob.get().open()) {
      return text(octets.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A script that is not Sieve. */
  static SetError invalid(String problem) {
    return SetError.of(INVALID_SIEVE, problem);
  }

  private static Decoded<String> text(byte[] octets) {
    if (octets.length == 0) {
      return new Decoded.Invalid<>(invalid("the script is empty"));
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
      return text.indexOf('\0') < 0
          ? new Decoded.Valid<>(text)
          : new Decoded.Invalid<>(invalid("the script contains NUL"));
    } catch (CharacterCodingException e) {
      return new Decoded.Invalid<>(invalid("the script is not UTF-8"));
    }
  }

  private static SetError notFound(Id blobId) {
    return new SetError(
        BLOB_NOT_FOUND,
        Optional.empty(),
        List.of(),
        Map.of("notFound", JsonNodeFactory.instance.arrayNode().add(blobId.value())));
  }

  private static long most(SieveRole sieve) {
    OptionalLong most = sieve.terms().maxSizeScript();
    return most.orElse(MOST);
  }
}
