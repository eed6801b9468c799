package org.jmapproxy.examples.backend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.id.Id;

/** Bookmarks as files: the name is the id, the first line the URL, the second one the title. */
final class BookmarkDirectory {

  private final Path directory;

  BookmarkDirectory(Path directory) {
    this.directory = directory;
  }

  List<Bookmark> all() {
    try (Stream<Path> files = Files.list(directory)) {
      List<Bookmark> all = new ArrayList<>();
      for (Path file : files.toList()) {
        find(Id.of(file.getFileName().toString())).ifPresent(all::add);
      }
      return all;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  Optional<Bookmark> find(Id id) {
    try {
      List<String> lines = Files.readAllLines(fileOf(id));
      return Optional.of(new Bookmark(id, lines.get(1), lines.get(0)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  void write(Bookmark bookmark) {
    try {
      Files.writeString(fileOf(bookmark.id()), bookmark.url() + "\n" + bookmark.title() + "\n");
    } catch (IOException e) {
      throw broken(e);
    }
  }

  boolean delete(Id id) {
    try {
      return Files.deleteIfExists(fileOf(id));
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private Path fileOf(Id id) {
    return directory.resolve(id.value());
  }

  private static BackendException broken(IOException e) {
    return new BackendException(
        BackendException.Reason.BROKEN, "the bookmarks cannot be read or written", e);
  }
}
