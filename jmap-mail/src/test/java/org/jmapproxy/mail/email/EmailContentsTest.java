package org.jmapproxy.mail.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.blob.UploadedBlob;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.mail.header.HeaderBlock;
import org.jmapproxy.mail.testkit.MailClient;
import org.jmapproxy.mail.testkit.MemoryMail;
import org.jmapproxy.mail.testkit.Message;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How the engine reads messages out of accounts. */
class EmailContentsTest {

  private static final String VALUES =
      "'properties':['subject','textBody','bodyValues'],'fetchTextBodyValues':true";

  private final MemoryMail mail = new MemoryMail("jane");
  private final BlobRole blobs = mail.roles().find(BlobRole.ROLE).orElseThrow();
  private final List<List<ContentRequest>> announced = new ArrayList<>();
  private final Set<Id> unreachable = new HashSet<>();
  private final List<String> found = new ArrayList<>();
  private final MailClient client =
      new MailClient(account(mail.roles().with(ContentRole.ROLE, this::prepare)));
  private final MailClient plain =
      new MailClient(account(mail.roles().with(BlobRole.ROLE, new Counting())));
  private String first = "";
  private String second = "";

  @BeforeEach
  void importMessages() {
    String inbox = client.mailboxOfRole("inbox");
    first = client.importMessage(Message.about("first"), inbox);
    second = client.importMessage(Message.about("second"), inbox);
    announced.clear();
  }

  @Test
  void whatAWholeCallReadsIsAnnouncedAtOnce() {
    JsonNode list = get(client, VALUES).get("list");
    assertThat(value(list.get(0))).startsWith("Hello, this is about first");
    assertThat(value(list.get(1))).startsWith("Hello, this is about second");
    assertThat(announced).hasSize(1);
    assertThat(announced.get(0))
        .extracting(request -> request.email().id().value(), ContentRequest::parts)
        .containsExactly(tuple(first, Set.of("1")), tuple(second, Set.of("1")));
  }

  @Test
  void nothingIsAnnouncedWhereNoContentIsShown() {
    get(client, "'properties':['subject','preview','bodyValues','textBody']");
    assertThat(announced).isEmpty();
  }

  @Test
  void snippetsAnnounceWhatTheyRead() {
    client.call(
        "SearchSnippet/get",
        "{'filter':{'body':'about'},'emailIds':['" + first + "','" + second + "']}");
    assertThat(announced).hasSize(1);
    assertThat(announced.get(0)).hasSize(2);
  }

  @Test
  void aMessageThatCannotBeReadNowIsShownTruncatedBesideOthers() {
    unreachable.add(Id.of(second));
    JsonNode list = get(client, VALUES).get("list");
    assertThat(value(list.get(0))).startsWith("Hello");
    JsonNode other = list.get(1);
    assertThat(other.get("subject").stringValue()).isEqualTo("second");
    assertThat(other.get("bodyValues").get("1"))
        .isEqualTo(MailClient.json("{'value':'','isEncodingProblem':false,'isTruncated':true}"));
  }

  @Test
  void whereNothingCanBeReadTheServerIsUnavailable() {
    unreachable.addAll(List.of(Id.of(first), Id.of(second)));
    assertThat(client.error("Email/get", arguments(VALUES)).get("type").stringValue())
        .isEqualTo("serverUnavailable");
    assertThat(get(client, "'properties':['subject','textBody']").get("list").size()).isEqualTo(2);
  }

  @Test
  void headersOfPartsCostOneLookIntoTheMessage() {
    get(
        plain,
        "'properties':['textBody','htmlBody','bodyStructure'],"
            + "'bodyProperties':['headers','header:subject:asText','size']");
    assertThat(found).containsExactly("message", "message");
  }

  private JsonNode get(MailClient of, String more) {
    return of.call("Email/get", arguments(more));
  }

  private String arguments(String more) {
    return "{'ids':['" + first + "','" + second + "']," + more + "}";
  }

  private static String value(JsonNode email) {
    return email.get("bodyValues").get("1").get("value").stringValue();
  }

  private Account account(Roles roles) {
    return Account.of(Id.of("jane"), "jane@example.com", roles);
  }

  private Map<Id, EmailContent> prepare(CallContext context, List<ContentRequest> requests) {
    announced.add(requests);
    Map<Id, EmailContent> contents = new HashMap<>();
    for (ContentRequest request : requests) {
      Email email = request.email();
      contents.put(
          email.id(),
          unreachable.contains(email.id())
              ? new Unreachable()
              : ParsedContent.of(blobs.find(context, email.blobId()).orElseThrow()));
    }
    return contents;
  }

  /** A message on a server that is away. */
  private static final class Unreachable implements EmailContent {
    private final BackendException failure =
        new BackendException(BackendException.Reason.UNAVAILABLE, "The server is away");

    @Override
    public Optional<Blob> part(String partId) {
      throw failure;
    }

    @Override
    public OptionalLong size(String partId) {
      return OptionalLong.empty();
    }

    @Override
    public Optional<HeaderBlock> header(String section) {
      throw failure;
    }

    @Override
    public Optional<BackendException> missing() {
      return Optional.of(failure);
    }
  }

  /** Notes what is looked for. */
  private final class Counting implements BlobRole {

    @Override
    public UploadedBlob upload(CallContext context, String type, InputStream data) {
      return blobs.upload(context, type, data);
    }

    @Override
    public Optional<Blob> find(CallContext context, Id blobId) {
      found.add(PartBlobId.parse(blobId).isPresent() ? "part" : "message");
      return blobs.find(context, blobId);
    }
  }
}
