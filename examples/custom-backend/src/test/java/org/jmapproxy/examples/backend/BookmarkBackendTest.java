package org.jmapproxy.examples.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.JmapServer;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CreateOutcome;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.core.spi.Role;
import org.jmapproxy.core.testkit.AllContracts;
import org.jmapproxy.core.testkit.TypeFixture;
import org.jmapproxy.core.type.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that a backend's author writes: a fixture. The kit brings the tests. */
class BookmarkBackendTest implements AllContracts<Bookmark, NewBookmark, BookmarkUpdate> {

  @TempDir private Path directory;

  private Optional<BookmarkFixture> fixture = Optional.empty();

  @Override
  public TypeFixture<Bookmark, NewBookmark, BookmarkUpdate> fixture() {
    if (fixture.isEmpty()) {
      fixture = Optional.of(new BookmarkFixture(directory));
    }
    return fixture.get();
  }

  @Test
  void anUnsafeUrlIsRefusedByTheDeclaration() {
    JmapServer server =
        JmapServer.builder()
            .module(new BookmarkModule())
            .accounts(user -> List.of(fixture().account()))
            .build();

    String answer =
        new String(
            server
                .handle(
                    Principal.of("anna"),
                    """
                    {"using":["%s"],"methodCalls":[["Bookmark/set",{"accountId":"b1",
                      "create":{"new":{"title":"Old","url":"http://example.org/"}}},"0"]]}
                    """
                        .formatted(BookmarkModule.CAPABILITY)
                        .getBytes(StandardCharsets.UTF_8))
                .body(),
            StandardCharsets.UTF_8);

    assertThat(answer).contains("invalidProperties", "must begin with https://");
  }

  /** An account in a directory; the back door is the backend itself. */
  private static final class BookmarkFixture
      implements TypeFixture<Bookmark, NewBookmark, BookmarkUpdate> {

    private final BookmarkBackend backend;
    private final Account account;

    BookmarkFixture(Path directory) {
      try {
        backend =
            new BookmarkBackend(
                Id.of("b1"), Files.createDirectories(directory.resolve("bookmarks")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      account = backend.account();
    }

    @Override
    public DataType<Bookmark, NewBookmark, BookmarkUpdate> type() {
      return BookmarkModule.TYPE;
    }

    @Override
    public Account account() {
      return account;
    }

    @Override
    public boolean offers(Role<?> role) {
      return !role.equals(BlobRole.ROLE) && !role.equals(type().queryRole());
    }

    @Override
    public Id seed(int number) {
      CreateOutcome<Bookmark> outcome =
          backend
              .create(context(), Map.of("new", creation(number)), Arguments.none())
              .getOrDefault("new", new CreateOutcome.NotCreated<>(missing()));
      return ((CreateOutcome.Created<Bookmark>) outcome).object().id();
    }

    private static org.jmapproxy.core.error.SetError missing() {
      return org.jmapproxy.core.error.SetError.serverFail("no outcome");
    }

    @Override
    public void touch(Id id) {
      backend.update(context(), Map.of(id, update(id)), Arguments.none());
    }

    @Override
    public void remove(Id id) {
      backend.destroy(context(), Set.of(id), Arguments.none());
    }

    @Override
    public NewBookmark creation(int number) {
      return new NewBookmark("Page " + number, "https://example.org/" + number);
    }

    @Override
    public BookmarkUpdate update(Id id) {
      return new BookmarkUpdate(Optional.of("Renamed"), Optional.empty());
    }

    @Override
    public void close() {}
  }
}
