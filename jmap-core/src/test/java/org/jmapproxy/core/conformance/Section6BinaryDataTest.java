package org.jmapproxy.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.blob.UploadedBlob;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.RequestException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.session.Limits;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.transport.Answer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** RFC 8620 section 6: upload, download and Blob/copy. */
class Section6BinaryDataTest {

  private static final Id A = Id.of("A");
  private static final byte[] DATA = {0, 1, 2, -1, -2, -3};

  private final MemoryBlobs blobsOfA = new MemoryBlobs("a");
  private final MemoryBlobs blobsOfB = new MemoryBlobs("b");
  private final TestServer server =
      TestServer.with(limits())
          .account(Account.of(A, "a@example.com", roles(blobsOfA)))
          .account(Account.of(Id.of("B"), "b@example.com", roles(blobsOfB)))
          .account(Account.of(Id.of("NoBlobs"), "c@example.com", Roles.builder().build()))
          .account(readOnly("ReadOnly"));

  @Test
  void uploadIsAnsweredWithWhatWasStored() {
    Answer answer = upload("A", "image/png;x=y", OptionalLong.of(6), DATA);

    assertThat(answer.status()).isEqualTo(201);
    assertThat(TestServer.json(answer))
        .isEqualTo(
            TestServer.json(
                "{'accountId': 'A', 'blobId': 'a1', 'type': 'image/png;x=y', 'size': 6}"));
  }

  @Test
  void uploadedDataComeBackUnchanged() throws IOException {
    upload("A", "text/plain", OptionalLong.empty(), DATA);

    try (InputStream data =
        server.server().download(TestServer.JANE, A, Id.of("a1")).orElseThrow().open()) {
      assertThat(data.readAllBytes()).isEqualTo(DATA);
    }
  }

  @Test
  void uploadWithoutATypeIsOctets() {
    assertThat(TestServer.json(upload("A", "", OptionalLong.empty(), DATA)).get("type"))
        .isEqualTo(TestServer.json("'application/octet-stream'"));
  }

  @Test
  void uploadAnnouncedTooLargeIsRefusedUnread() {
    Answer answer =
        server
            .server()
            .upload(
                TestServer.JANE,
                A,
                "text/plain",
                OptionalLong.of(101),
                new InputStream() {
                  @Override
                  public int read() {
                    throw new AssertionError("the body was read");
                  }

                  @Override
                  public int read(byte[] buffer, int offset, int length) {
                    throw new AssertionError("the body was read");
                  }
                });

    assertThat(server.problem(answer, 400).get("limit").stringValue()).isEqualTo("maxSizeUpload");
  }

  @Test
  void uploadThatTurnsOutTooLargeIsRefusedAndNotStored() {
    Answer answer = upload("A", "text/plain", OptionalLong.empty(), new byte[101]);

    assertThat(server.problem(answer, 400).get("limit").stringValue()).isEqualTo("maxSizeUpload");
    assertThat(blobsOfA.size()).isZero();
    assertThat(upload("A", "text/plain", OptionalLong.empty(), new byte[100]).status())
        .isEqualTo(201);
  }

  @Test
  void uploadThatBreaksOffIsNotStored() {
    Answer answer = upload("A", "text/plain", OptionalLong.of(7), DATA);

    assertThat(server.problem(answer, 400).get("detail").stringValue()).contains("broke off");
    assertThat(blobsOfA.size()).isZero();
  }

  @Test
  void uploadToWhereItCannotGoIsRefused() {
    server.problem(upload("Unknown", "text/plain", OptionalLong.empty(), DATA), 404);
    server.problem(upload("NoBlobs", "text/plain", OptionalLong.empty(), DATA), 403);
  }

  @Test
  void uploadToABackendInTroubleIsAProblemOfTheServer() {
    TestServer troubled =
        TestServer.with(limits())
            .account(Account.of(A, "a", roles(failing(BackendException.Reason.UNAVAILABLE))));

    troubled.problem(
        troubled
            .server()
            .upload(
                TestServer.JANE, A, "x/y", OptionalLong.empty(), new ByteArrayInputStream(DATA)),
        503);
  }

  @Test
  void unknownBlobIsEmptyAndUnknownAccountIsNotFound() {
    assertThat(server.server().download(TestServer.JANE, A, Id.of("nonexistent"))).isEmpty();
    assertThat(server.server().download(TestServer.JANE, Id.of("NoBlobs"), A)).isEmpty();
    RequestException refused =
        catchThrowableOfType(
            RequestException.class,
            () -> server.server().download(TestServer.JANE, Id.of("Unknown"), A));
    assertThat(refused.error().status()).isEqualTo(404);
  }

  @Test
  void blobsAreCopiedBetweenAccounts() {
    upload("A", "text/plain", OptionalLong.empty(), DATA);

    assertThat(copy("{'fromAccountId': 'A', 'accountId': 'B', 'blobIds': ['a1', 'a1', 'no/id']}"))
        .isEqualTo(
            TestServer.json(
                "['Blob/copy', {'fromAccountId': 'A', 'accountId': 'B', 'copied': {'a1': 'b1'},"
                    + " 'notCopied': {'no/id': {'type': 'blobNotFound'}}}, 'c']"));
    assertThat(blobsOfB.size()).isEqualTo(1);
  }

  @Test
  void membersWithoutEntriesAreNull() {
    assertThat(copy("{'fromAccountId': 'A', 'accountId': 'B', 'blobIds': []}").get(1))
        .isEqualTo(
            TestServer.json(
                "{'fromAccountId': 'A', 'accountId': 'B', 'copied': null, 'notCopied': null}"));
  }

  @Test
  void copiesThatMakeNoSenseAreMethodErrors() {
    assertCopyFails("{'fromAccountId': 'A', 'accountId': 'A', 'blobIds': []}", "invalidArguments");
    assertCopyFails("{'fromAccountId': 'A', 'accountId': 'B'}", "invalidArguments");
    assertCopyFails(
        "{'fromAccountId': 'A', 'accountId': 'B', 'blobIds': 'a1'}", "invalidArguments");
    assertCopyFails(
        "{'fromAccountId': 'A', 'accountId': 'B', 'blobIds': [], 'x': 1}", "invalidArguments");
    assertCopyFails("{'fromAccountId': 'A', 'accountId': 'U', 'blobIds': []}", "accountNotFound");
    assertCopyFails(
        "{'fromAccountId': 'U', 'accountId': 'B', 'blobIds': []}", "fromAccountNotFound");
    assertCopyFails(
        "{'fromAccountId': 'A', 'accountId': 'NoBlobs', 'blobIds': []}",
        "accountNotSupportedByMethod");
    assertCopyFails(
        "{'fromAccountId': 'A', 'accountId': 'ReadOnly', 'blobIds': []}", "accountReadOnly");
    assertCopyFails(
        "{'fromAccountId': 'A', 'accountId': 'B', 'blobIds': ['1','2','3','4','5']}",
        "requestTooLarge");
  }

  private void assertCopyFails(String arguments, String type) {
    assertThat(copy(arguments).at("/1/type").stringValue()).as(arguments).isEqualTo(type);
  }

  private JsonNode copy(String arguments) {
    return server
        .request(
            "{'using': ['urn:ietf:params:jmap:core'],"
                + " 'methodCalls': [['Blob/copy', "
                + arguments
                + ", 'c']]}")
        .at("/methodResponses/0");
  }

  private Answer upload(String accountId, String type, OptionalLong length, byte[] data) {
    return server
        .server()
        .upload(TestServer.JANE, Id.of(accountId), type, length, new ByteArrayInputStream(data));
  }

  private static BlobRole failing(BackendException.Reason reason) {
    MemoryBlobs none = new MemoryBlobs("x");
    return new BlobRole() {
      @Override
      public UploadedBlob upload(CallContext context, String type, InputStream data) {
        throw new BackendException(reason, "no luck");
      }

      @Override
      public Optional<Blob> find(CallContext context, Id blobId) {
        return none.find(context, blobId);
      }
    };
  }

  private static Account readOnly(String id) {
    Roles roles = roles(new MemoryBlobs("r"));
    return new Account() {
      @Override
      public Id id() {
        return Id.of(id);
      }

      @Override
      public String name() {
        return id;
      }

      @Override
      public boolean isReadOnly() {
        return true;
      }

      @Override
      public Roles roles() {
        return roles;
      }
    };
  }

  private static Roles roles(BlobRole blobs) {
    return Roles.builder().with(BlobRole.ROLE, blobs).build();
  }

  private static Limits limits() {
    return new Limits(100, 2, 10_000, 4, 16, 4, 4, Duration.ofMillis(20), Duration.ofSeconds(60));
  }
}
