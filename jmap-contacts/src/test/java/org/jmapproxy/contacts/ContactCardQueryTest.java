package org.jmapproxy.contacts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jmapproxy.contacts.testkit.ContactsClient;
import org.jmapproxy.contacts.testkit.MemoryContacts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Every filter and sort of RFC 9610 section 3.3, and ContactCard/copy. */
class ContactCardQueryTest {

  private final MemoryContacts other = new MemoryContacts("other");
  private final ContactsClient client =
      new ContactsClient(new MemoryContacts("jane").account(), other.account());
  private String jane = "";
  private String bob = "";

  @BeforeEach
  void cards() {
    String book = client.defaultBook();
    jane =
        client.createCard(
            book,
            ",'uid':'u-1','created':'2020-01-01T00:00:00Z','updated':'2023-01-01T00:00:00Z',"
                + "'name':{'full':'Jane Van Doe','components':[{'kind':'given','value':'Jane'},"
                + "{'kind':'surname','value':'Van Doe'},{'kind':'surname2','value':'Ruiz'}]},"
                + "'nicknames':{'n':{'name':'Janie'}},'organizations':{'o':{'name':'Acme'}},"
                + "'emails':{'e':{'address':'jane@example.com','label':'Club'}},"
                + "'phones':{'p':{'number':'+49 30 123','label':'Boat'}},"
                + "'onlineServices':{'s':{'service':'Mastodon','user':'@jd'}},"
                + "'addresses':{'a':{'components':[{'kind':'locality','value':'Berlin'}],"
                + "'full':'Somewhere'}},'notes':{'n':{'note':'likes tea'}},"
                + "'keywords':{'sailing':true}");
    bob =
        client.createCard(
            book,
            ",'uid':'u-2','kind':'org','created':'2021-01-01T00:00:00Z',"
                + "'updated':'2022-01-01T00:00:00Z',"
                + "'name':{'components':[{'kind':'given','value':'Bob'},"
                + "{'kind':'surname','value':'Zed'}]}");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "uid|'u-1'",
        "kind|'individual'",
        "createdBefore|'2020-06-01T00:00:00Z'",
        "updatedAfter|'2023-01-01T00:00:00Z'",
        "text|'tea'",
        "text|'SAILING acme'",
        "name|'van'",
        "name/given|'jan'",
        "name/surname|'doe'",
        "name/surname2|'RUIZ'",
        "nickname|'janie'",
        "organization|'acme'",
        "email|'club'",
        "email|'jane@'",
        "phone|'123'",
        "phone|'boat'",
        "onlineService|'mastodon'",
        "onlineService|'@jd'",
        "address|'berlin'",
        "address|'somewhere'",
        "note|'likes'"
      })
  void aFilterFindsTheCardThatItIsAbout(String name, String value) {
    assertThat(client.query("{'filter':{'" + name + "':" + value + "}}")).containsExactly(jane);
    assertThat(
            client.query(
                "{'filter':{'operator':'NOT','conditions':[{'" + name + "':" + value + "}]}}"))
        .containsExactly(bob);
  }

  @Test
  void boundsOfTimesAreAsTheRfcSays() {
    assertThat(client.query("{'filter':{'createdAfter':'2021-01-01T00:00:00Z'}}"))
        .containsExactly(bob);
    assertThat(client.query("{'filter':{'updatedBefore':'2022-01-01T00:00:00Z'}}")).isEmpty();
  }

  @Test
  void phrasesOccurAsTheyStand() {
    assertThat(client.query("{'filter':{'name':'\\\"van doe\\\"'}}")).containsExactly(jane);
    assertThat(client.query("{'filter':{'name':'\\\"doe van\\\"'}}")).isEmpty();
    assertThat(client.query("{'filter':{'name':'doe van'}}")).containsExactly(jane);
  }

  @ParameterizedTest
  @CsvSource({"created,true", "updated,false", "name/given,false", "name/surname,true"})
  void cardsAreSorted(String property, boolean janeFirst) {
    List<String> ids = client.query("{'sort':[{'property':'" + property + "'}]}");
    assertThat(ids).containsExactly(janeFirst ? jane : bob, janeFirst ? bob : jane);
    assertThat(client.query("{'sort':[{'property':'" + property + "','isAscending':false}]}"))
        .containsExactly(janeFirst ? bob : jane, janeFirst ? jane : bob);
  }

  @Test
  void aCopyTakesItsPhotoAlong() {
    String image = client.upload("image/png", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10});
    client.update("ContactCard", jane, "{'media':{'p':{'kind':'photo','blobId':'" + image + "'}}}");
    JsonNode books = client.call("AddressBook/get", "{'accountId':'other'}").get("list");
    String book = books.get(0).get("id").stringValue();
    JsonNode response =
        client.call(
            "ContactCard/copy",
            "{'fromAccountId':'jane','accountId':'other','create':{'k':{'id':'"
                + jane
                + "','addressBookIds':{'"
                + book
                + "':true}}}}");
    String copy = ContactsClient.createdId(response);
    JsonNode card =
        client
            .call("ContactCard/get", "{'accountId':'other','ids':['" + copy + "']}")
            .get("list")
            .get(0);
    assertThat(card.path("uid").asString()).isEqualTo("u-1");
    assertThat(card.at("/media/p/blobId").asString()).startsWith("other-");
  }

  @Test
  void moreAddressBooksThanAllowedAreRefused() {
    String second = client.createBook("Second");
    JsonNode error =
        client.refusedUpdate("ContactCard", jane, "{'addressBookIds/" + second + "':true}");
    assertThat(error.get("description").stringValue()).contains("maxAddressBooksPerCard is 1");
  }

  @Test
  void onlyPropertiesThatWereAskedForAreShown() {
    JsonNode response =
        client.call(
            "ContactCard/get", "{'ids':['" + jane + "'],'properties':['name','phones','x-none']}");
    assertThat(response.get("list").get(0).propertyNames())
        .containsExactlyInAnyOrder("id", "name", "phones");
  }
}
