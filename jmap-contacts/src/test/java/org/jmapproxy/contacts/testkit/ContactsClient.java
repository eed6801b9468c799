package org.jmapproxy.contacts.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jmapproxy.contacts.ContactsModule;
import org.jmapproxy.core.JmapServer;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.core.transport.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Speaks JMAP, in literal JSON, with a server that has one account of contacts, and others if
 * wanted. Single quotes stand for double quotes; a call without {@code accountId} gets the
 * account's.
 */
public final class ContactsClient {

  private static final Principal JANE = Principal.of("jane@example.com");

  private final Account account;
  private final JmapServer server;

  /**
   * A client of this account.
   *
   * @param account the account that calls are meant for if they do not say another
   * @param others further accounts of the server
   */
  public ContactsClient(Account account, Account... others) {
    this.account = account;
    List<Account> accounts = new ArrayList<>(List.of(account));
    accounts.addAll(List.of(others));
    server =
        JmapServer.builder().module(new ContactsModule()).accounts(principal -> accounts).build();
  }

  /** The server, for what calls do not show. */
  public JmapServer server() {
    return server;
  }

  /** The {@code methodResponses} of a request. */
  public JsonNode request(String methodCalls) {
    JsonNode calls = JsonMapper.shared().readTree(methodCalls.replace('\'', '"'));
    for (JsonNode call : calls) {
      ObjectNode arguments = call.get(1).asObject();
      if (!arguments.has("accountId")) {
        arguments.put("accountId", account.id().value());
      }
    }
    String text =
        "{\"using\":[\"urn:ietf:params:jmap:core\",\"urn:ietf:params:jmap:contacts\"],"
            + "\"methodCalls\":"
            + calls
            + "}";
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

  /** Uploads data; its blob id. */
  public String upload(String type, byte[] data) {
    Answer answer =
        server.upload(
            JANE, account.id(), type, OptionalLong.of(data.length), new ByteArrayInputStream(data));
    JsonNode blob = JsonMapper.shared().readTree(answer.body());
    assertThat(answer.status()).as(blob.toString()).isEqualTo(201);
    return blob.get("blobId").stringValue();
  }

  /** The id of the default AddressBook. */
  public String defaultBook() {
    for (JsonNode book : call("AddressBook/get", "{}").get("list")) {
      if (book.get("isDefault").booleanValue()) {
        return book.get("id").stringValue();
      }
    }
    throw new AssertionError("there is no default AddressBook");
  }

  /** Creates an AddressBook; its id. */
  public String createBook(String name) {
    return createdId(call("AddressBook/set", "{'create':{'k':{'name':'" + name + "'}}}"));
  }

  /** Creates a ContactCard with further members, such as {@code ,'kind':'org'}; its id. */
  public String createCard(String book, String members) {
    return createdId(call("ContactCard/set", "{'create':{'k':" + card(book, members) + "}}"));
  }

  /** A Card in an AddressBook, with further members. */
  public static String card(String book, String members) {
    return "{'@type':'Card','version':'2.0','addressBookIds':{'" + book + "':true}" + members + "}";
  }

  /** The SetError for a creation that must fail. */
  public JsonNode refusedCreation(String type, String object) {
    JsonNode response = call(type + "/set", "{'create':{'k':" + object + "}}");
    assertThat(response.path("notCreated").has("k")).as(response.toString()).isTrue();
    return response.get("notCreated").get("k");
  }

  /** Updates an object, which must succeed; what the server tells beyond. */
  public JsonNode update(String type, String id, String patch) {
    JsonNode response = call(type + "/set", "{'update':{'" + id + "':" + patch + "}}");
    assertThat(response.path("updated").has(id)).as(response.toString()).isTrue();
    return response.get("updated").get(id);
  }

  /** The SetError for an update that must fail. */
  public JsonNode refusedUpdate(String type, String id, String patch) {
    JsonNode response = call(type + "/set", "{'update':{'" + id + "':" + patch + "}}");
    assertThat(response.path("notUpdated").has(id)).as(response.toString()).isTrue();
    return response.get("notUpdated").get(id);
  }

  /** One object; fails if it does not exist. */
  public JsonNode get(String type, String id) {
    JsonNode response = call(type + "/get", "{'ids':['" + id + "']}");
    assertThat(response.get("list").size()).as(response.toString()).isEqualTo(1);
    return response.get("list").get(0);
  }

  /** The ids of the ContactCards that a query finds. */
  public List<String> query(String arguments) {
    return strings(call("ContactCard/query", arguments).get("ids"));
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
}
