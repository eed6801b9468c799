package org.jmapproxy.contacts.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The roles of ContactCard: read, changes, write (RFC 9610 section 3). */
public interface ContactCardContract {

  /** The client of this test's account, new for each test, with a default AddressBook. */
  ContactsClient client();

  @Test
  default void aCardComesBackAsItWasSent() {
    String id =
        create(
            ",'name':{'full':'Jane'},'example.com:open':[1],'emails':{'e1':{'address':'a@example.com'}}");
    JsonNode card = client().get("ContactCard", id);
    assertThat(card.at("/name/full").asString()).isEqualTo("Jane");
    assertThat(card.at("/emails/e1/address").asString()).isEqualTo("a@example.com");
    assertThat(card.get("example.com:open").get(0).intValue()).isEqualTo(1);
    assertThat(card.get("uid").stringValue()).isNotEmpty();
    assertThat(card.has("phones")).isFalse();
  }

  @Test
  default void whatTheServerAddsIsTold() {
    JsonNode response =
        client()
            .call(
                "ContactCard/set",
                "{'create':{'k':" + ContactsClient.card(client().defaultBook(), "") + "}}");
    assertThat(response.at("/created/k/uid").asString()).isNotEmpty();
    assertThat(response.at("/created/k/created").asString()).endsWith("Z");
  }

  @Test
  default void patchesReachInsideTheCard() {
    String id = create(",'emails':{'e1':{'address':'a@example.com'}},'language':'en'");
    client()
        .update(
            "ContactCard",
            id,
            "{'emails/e1/label':'Club','emails/e2':{'address':'b@example.com'},'language':null}");
    JsonNode card = client().get("ContactCard", id);
    assertThat(card.at("/emails/e1/address").asString()).isEqualTo("a@example.com");
    assertThat(card.at("/emails/e1/label").asString()).isEqualTo("Club");
    assertThat(card.at("/emails/e2/address").asString()).isEqualTo("b@example.com");
    assertThat(card.has("language")).isFalse();
  }

  @Test
  default void aPatchWithoutAParentIsInvalid() {
    String id = create("");
    JsonNode error = client().refusedUpdate("ContactCard", id, "{'emails/e1/label':'x'}");
    assertThat(error.get("type").stringValue()).isEqualTo("invalidPatch");
  }

  @Test
  default void invalidJsContactIsRefusedWithThePointer() {
    JsonNode error =
        client()
            .refusedCreation(
                "ContactCard",
                ContactsClient.card(
                    client().defaultBook(),
                    ",'emails':{'e1':{'pref':101}},'Name':{},'titles':{'t':{'name':'x','kind':'boss'}}"));
    assertThat(error.get("type").stringValue()).isEqualTo("invalidProperties");
    assertThat(ContactsClient.strings(error.get("properties")))
        .containsExactlyInAnyOrder("emails/e1/pref", "emails/e1/address", "Name", "titles/t/kind");
  }

  @Test
  default void anUpdateThatMakesTheCardInvalidIsRefused() {
    String id = create(",'emails':{'e1':{'address':'a@example.com'}}");
    JsonNode error = client().refusedUpdate("ContactCard", id, "{'emails/e1/address':null}");
    assertThat(ContactsClient.strings(error.get("properties")))
        .containsExactly("emails/e1/address");
  }

  @Test
  default void aCardBelongsToAnAddressBookThatExists() {
    JsonNode error = client().refusedCreation("ContactCard", ContactsClient.card("nothing", ""));
    assertThat(ContactsClient.strings(error.get("properties"))).containsExactly("addressBookIds");
    String id = create("");
    JsonNode none = client().refusedUpdate("ContactCard", id, "{'addressBookIds':{}}");
    assertThat(none.get("type").stringValue()).isEqualTo("invalidProperties");
  }

  @Test
  default void aCardMovesToAnotherAddressBook() {
    String id = create("");
    String other = client().createBook("Other");
    client().update("ContactCard", id, "{'addressBookIds':{'" + other + "':true}}");
    assertThat(client().query("{'filter':{'inAddressBook':'" + other + "'}}")).containsExactly(id);
    assertThat(client().query("{'filter':{'inAddressBook':'" + client().defaultBook() + "'}}"))
        .isEmpty();
  }

  @Test
  default void aUidIsUsedOnce() {
    String first = create(",'uid':'urn:uuid:1'");
    JsonNode error =
        client()
            .refusedCreation(
                "ContactCard", ContactsClient.card(client().defaultBook(), ",'uid':'urn:uuid:1'"));
    assertThat(error.get("type").stringValue()).isEqualTo("alreadyExists");
    assertThat(error.get("existingId").stringValue()).isEqualTo(first);
  }

  @Test
  default void photosAreBlobsAndImages() {
    String image = client().upload("image/png", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10});
    String text = client().upload("text/plain", new byte[] {'h', 'i'});
    String id = create(",'media':{'p':{'kind':'photo','blobId':'" + image + "'}}");
    JsonNode photo = client().get("ContactCard", id).at("/media/p");
    assertThat(photo.get("blobId").isString()).isTrue();
    assertThat(photo.path("mediaType").asString()).isEqualTo("image/png");
    for (String blob : List.of(text, "nothing")) {
      JsonNode error =
          client()
              .refusedUpdate(
                  "ContactCard", id, "{'media':{'p':{'kind':'photo','blobId':'" + blob + "'}}}");
      assertThat(ContactsClient.strings(error.get("properties"))).containsExactly("media/p/blobId");
    }
  }

  @Test
  default void changesAndQueryChangesFollow() {
    String kept = create(",'name':{'full':'A'}");
    JsonNode query = client().call("ContactCard/query", "{'filter':{'name':'a'}}");
    String state = client().call("ContactCard/get", "{'ids':[]}").get("state").stringValue();
    String added = create(",'name':{'full':'Also a'}");
    client().update("ContactCard", kept, "{'name/full':'B'}");
    JsonNode changes = client().call("ContactCard/changes", "{'sinceState':'" + state + "'}");
    assertThat(ContactsClient.strings(changes.get("created"))).containsExactly(added);
    assertThat(ContactsClient.strings(changes.get("updated"))).containsExactly(kept);
    JsonNode queryChanges =
        client()
            .call(
                "ContactCard/queryChanges",
                "{'filter':{'name':'a'},'sinceQueryState':'"
                    + query.get("queryState").stringValue()
                    + "'}");
    assertThat(ContactsClient.strings(queryChanges.get("removed"))).contains(kept);
    assertThat(queryChanges.get("added").toString()).contains(added);
  }

  @Test
  default void groupsAreCardsToo() {
    String id = create(",'kind':'group','name':{'full':'Friends'},'members':{'urn:uuid:9':true}");
    assertThat(client().query("{'filter':{'hasMember':'urn:uuid:9'}}")).containsExactly(id);
    assertThat(client().query("{'filter':{'kind':'group'}}")).containsExactly(id);
  }

  @Test
  default void aDestroyedCardIsGone() {
    String id = create("");
    JsonNode response = client().call("ContactCard/set", "{'destroy':['" + id + "']}");
    assertThat(ContactsClient.strings(response.get("destroyed"))).containsExactly(id);
    assertThat(client().query("{}")).doesNotContain(id);
  }

  private String create(String members) {
    return client().createCard(client().defaultBook(), members);
  }
}
