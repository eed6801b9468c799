package org.jmapproxy.mail.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jmapproxy.core.JmapServer;
import org.jmapproxy.core.session.Limits;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.core.transport.Answer;
import org.jmapproxy.core.types.BlobModule;
import org.jmapproxy.mail.MailModule;
import org.jmapproxy.mail.mdn.MdnModule;
import org.jmapproxy.mail.quota.QuotaModule;
import org.jmapproxy.mail.sieve.SieveModule;
import org.jmapproxy.mail.vacation.VacationModule;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Speaks JMAP, in literal JSON, with a server that has one account. Single quotes stand for double
 * quotes; a call without {@code accountId} gets the account's.
 */
public final class MailClient {

  private static final Principal JANE = Principal.of("jane@example.com");
  private static final String USING =
      "'urn:ietf:params:jmap:core','urn:ietf:params:jmap:mail','urn:ietf:params:jmap:submission','urn:ietf:params:jmap:blob',"
          + "'urn:ietf:params:jmap:vacationresponse','urn:ietf:params:jmap:sieve',"
          + "'urn:ietf:params:jmap:quota','urn:ietf:params:jmap:mdn'";

  private final Account account;
  private final JmapServer server;

  /**
   * A client of this account.
   *
   * @param account the account that calls are meant for if they do not say another
   * @param others further accounts of the server
   */
  public MailClient(Account account, Account... others) {
    this.account = account;
    List<Account> accounts = new ArrayList<>(List.of(account));
    accounts.addAll(List.of(others));
    server =
        JmapServer.builder()
            .module(new MailModule())
            .module(new QuotaModule())
            .module(new MdnModule())
            .module(new BlobModule(Limits.standard()))
            .module(new VacationModule())
            .module(new SieveModule())
            .accounts(principal -> accounts)
            .build();
  }

  /** The account. */
  public Account account() {
    return account;
  }

  /** The server, for what calls do not show. */
  public JmapServer server() {
    return server;
  }

  /** Reads JSON in which single quotes stand for double quotes. */
  public static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  /** The {@code methodResponses} of a request. */
  public JsonNode request(String methodCalls) {
    JsonNode calls = json(methodCalls);
    for (JsonNode call : calls) {
      ObjectNode arguments = call.get(1).asObject();
      if (!arguments.has("accountId")) {
        arguments.put("accountId", account.id().value());
      }
    }
    String body = "{'using':[" + USING + "],'methodCalls':";
    String text = body.replace('\'', '"') + calls + "}";
    Answer answer = server.handle(JANE, text.getBytes(StandardCharsets.UTF_8));
    JsonNode response = JsonMapper.shared().readTree(answer.body());
    assertThat(answer.status()).as(response.toString()).isEqualTo(200);
    return response.get("methodResponses");
  }

  /** The arguments of the response to a call that must succeed. */
  public JsonNode call(String method, String arguments) {
    JsonNode response = request("[['" + method + "'," + arguments + ",'c']]").get(0);
    assertThat(response.get(0).stringValue()).as(response.toString()).isEqualTo(method);
    return response.get(1);
  }

  /** The arguments of the error that answers a call. */
  public JsonNode error(String method, String arguments) {
    JsonNode response = request("[['" + method + "'," + arguments + ",'c']]").get(0);
    assertThat(response.get(0).stringValue()).as(response.toString()).isEqualTo("error");
    return response.get(1);
  }

  /** Uploads data; its blob id. */
  public String upload(String type, byte[] data) {
    Answer answer =
        server.upload(
            JANE, account.id(), type, OptionalLong.of(data.length), new ByteArrayInputStream(data));
    JsonNode blob = JsonMapper.shared().readTree(answer.body());
    assertThat(answer.status()).as(blob.toString()).isEqualTo(201);
    return blob.get("blobId").stringValue();
  }

  /** The id of the Mailbox of a role. */
  public String mailboxOfRole(String role) {
    return call("Mailbox/query", "{'filter':{'role':'" + role + "'}}")
        .get("ids")
        .get(0)
        .stringValue();
  }

  /** Creates a Mailbox at the top; its id. */
  public String createMailbox(String name) {
    return createdId(call("Mailbox/set", "{'create':{'k':{'name':'" + name + "'}}}"));
  }

  /** Creates a Mailbox below another; its id. */
  public String createMailbox(String name, String parentId) {
    String mailbox = "{'name':'" + name + "','parentId':'" + parentId + "'}";
    return createdId(call("Mailbox/set", "{'create':{'k':" + mailbox + "}}"));
  }

  /** Imports a message into a Mailbox; its id. */
  public String importMessage(Message message, String... mailboxIds) {
    String blobId = upload("message/rfc822", message.text().getBytes(StandardCharsets.UTF_8));
    String email =
        "{'blobId':'"
            + blobId
            + "','mailboxIds':"
            + set(List.of(mailboxIds))
            + ",'keywords':"
            + set(message.keywords())
            + ",'receivedAt':'"
            + message.receivedAt()
            + "'}";
    return createdId(call("Email/import", "{'emails':{'k':" + email + "}}"));
  }

  /** One object with some of its properties; fails if it does not exist. */
  public JsonNode get(String type, String id, String... properties) {
    JsonNode response =
        call(
            type + "/get",
            "{'ids':['" + id + "'],'properties':['" + String.join("','", properties) + "']}");
    assertThat(response.get("list").size()).as(response.toString()).isEqualTo(1);
    return response.get("list").get(0);
  }

  /** The state of a type. */
  public String state(String type) {
    return call(type + "/get", "{'ids':[]}").get("state").stringValue();
  }

  /** The ids that a query finds. */
  public List<String> query(String type, String arguments) {
    return strings(call(type + "/query", arguments).get("ids"));
  }

  /** The items of an array of strings. */
  public static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(item -> strings.add(item.stringValue()));
    return strings;
  }

  /** The id of the object created under {@code k}. */
  public static String createdId(JsonNode response) {
    JsonNode created = response.path("created").path("k").path("id");
    assertThat(created.isString()).as(response.toString()).isTrue();
    return created.stringValue();
  }

  private static String set(List<String> members) {
    List<String> entries = members.stream().map(member -> "'" + member + "':true").toList();
    return "{" + String.join(",", entries) + "}";
  }
}
