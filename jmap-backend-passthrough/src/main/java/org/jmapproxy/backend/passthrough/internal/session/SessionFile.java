package org.jmapproxy.backend.passthrough.internal.session;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jmapproxy.backend.passthrough.internal.http.UpstreamJson;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.id.Id;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The last session of an upstream, kept on the disk: what an account can do is known before, and
 * while, its server cannot be reached.
 *
 * @param file where
 */
public record SessionFile(Path file) {

  /** The file of an account. */
  public static SessionFile of(Path dataDirectory, Id accountId) {
    return new SessionFile(dataDirectory.resolve(accountId.value() + ".session.json"));
  }

  /** What was kept, if there is something that the reader can use. */
  public Optional<UpstreamSession> load(
      BiFunction<URI, ObjectNode, Optional<UpstreamSession>> reader) {
    try {
      Optional<ObjectNode> kept = UpstreamJson.object(Files.readAllBytes(file));
      Optional<URI> address =
          kept.flatMap(json -> json.path("address").stringValueOpt()).map(URI::create);
      return kept.map(json -> json.path("session"))
          .filter(ObjectNode.class::isInstance)
          .flatMap(session -> address.flatMap(at -> reader.apply(at, (ObjectNode) session)));
    } catch (NoSuchFileException | IllegalArgumentException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw broken("read", e);
    }
  }

  /** Replaces what was kept. */
  public void save(UpstreamSession session) {
    ObjectNode kept = JsonNodeFactory.instance.objectNode();
    kept.put("address", session.address().toString());
    kept.set("session", session.json());
    try {
      Path written = Files.createTempFile(file.getParent(), ".session", ".json", permissions());
      Files.write(written, UpstreamJson.write(kept));
      Files.move(
          written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw broken("written", e);
    }
  }

  /** Removes what was kept, if anything. */
  public void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw broken("deleted", e);
    }
  }

  private FileAttribute<?>[] permissions() {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static BackendException broken(String what, IOException cause) {
    return new BackendException(
        BackendException.Reason.BROKEN, "the kept session cannot be " + what, cause);
  }
}
