package org.jmapproxy.contacts.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The roles of AddressBook: read, changes, write, default (RFC 9610 section 2). */
public interface AddressBookContract {

  /** The client of this test's account, new for each test, with a default AddressBook. */
  ContactsClient client();

  @Test
  default void anAddressBookIsCreatedRenamedAndDestroyed() {
    String id = client().createBook("Friends");
    JsonNode book = client().get("AddressBook", id);
    assertThat(book.get("isDefault").booleanValue()).isFalse();
    assertThat(book.get("isSubscribed").booleanValue()).isTrue();
    assertThat(book.at("/myRights/mayWrite").booleanValue()).isTrue();
    client().update("AddressBook", id, "{'name':'Old friends','sortOrder':7}");
    assertThat(client().get("AddressBook", id).get("name").stringValue()).isEqualTo("Old friends");
    JsonNode response = client().call("AddressBook/set", "{'destroy':['" + id + "']}");
    assertThat(ContactsClient.strings(response.get("destroyed"))).containsExactly(id);
  }

  @Test
  default void changesTellWhatBecameOfAddressBooks() {
    String state = client().call("AddressBook/get", "{}").get("state").stringValue();
    String id = client().createBook("New");
    JsonNode changes = client().call("AddressBook/changes", "{'sinceState':'" + state + "'}");
    assertThat(ContactsClient.strings(changes.get("created"))).containsExactly(id);
  }

  @Test
  default void namesAreNeitherEmptyNorTooLong() {
    for (String name : List.of("", "x".repeat(256), "ä".repeat(128))) {
      JsonNode error = client().refusedCreation("AddressBook", "{'name':'" + name + "'}");
      assertThat(error.get("type").stringValue()).isEqualTo("invalidProperties");
      assertThat(ContactsClient.strings(error.get("properties"))).containsExactly("name");
    }
  }

  @Test
  default void anAddressBookWithContentsIsDestroyedOnlyWithThem() {
    String book = client().createBook("Full");
    String card = client().createCard(book, ",'name':{'full':'Jane'}");
    JsonNode refused = client().call("AddressBook/set", "{'destroy':['" + book + "']}");
    assertThat(refused.at("/notDestroyed/" + book + "/type").asString())
        .isEqualTo("addressBookHasContents");
    JsonNode done =
        client()
            .call("AddressBook/set", "{'destroy':['" + book + "'],'onDestroyRemoveContents':true}");
    assertThat(ContactsClient.strings(done.get("destroyed"))).containsExactly(book);
    assertThat(client().query("{}")).doesNotContain(card);
  }

  @Test
  default void theDefaultIsChangedAndBothChangesAreTold() {
    String before = client().defaultBook();
    JsonNode response =
        client()
            .call(
                "AddressBook/set", "{'create':{'k':{'name':'New'}},'onSuccessSetIsDefault':'#k'}");
    String id = ContactsClient.createdId(response);
    assertThat(client().defaultBook()).isEqualTo(id);
    assertThat(response.at("/updated/" + before + "/isDefault").asBoolean(true)).isFalse();
    assertThat(client().get("AddressBook", before).get("isDefault").booleanValue()).isFalse();
  }

  @Test
  default void aDefaultThatIsNotFoundIsIgnored() {
    String before = client().defaultBook();
    JsonNode response = client().call("AddressBook/set", "{'onSuccessSetIsDefault':'nothing'}");
    assertThat(response.get("updated").isNull()).isTrue();
    assertThat(client().defaultBook()).isEqualTo(before);
  }

  @Test
  default void theDefaultStaysWhenSomethingFails() {
    String before = client().defaultBook();
    String other = client().createBook("Other");
    client()
        .call(
            "AddressBook/set",
            "{'create':{'k':{'name':''}},'onSuccessSetIsDefault':'" + other + "'}");
    assertThat(client().defaultBook()).isEqualTo(before);
  }

  @Test
  default void subscriptionIsRemembered() {
    String id = client().defaultBook();
    client().update("AddressBook", id, "{'isSubscribed':false}");
    assertThat(client().get("AddressBook", id).get("isSubscribed").booleanValue()).isFalse();
  }
}
