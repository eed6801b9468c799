package org.jmapproxy.mail.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jmapproxy.mail.testkit.MailClient.json;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What keeps scripts that filter mail: SieveScript (RFC 9661). */
public interface SieveScriptContract extends MailContract {

  /** A script that does nothing special. */
  String KEEP = "keep;\r\n";

  @Test
  default void aScriptIsCreatedAndRead() {
    String state = client().state("SieveScript");
    JsonNode set = client().call("SieveScript/set", create("first", blob(KEEP)));
    JsonNode created = set.at("/created/k");
    assertThat(created.get("name").stringValue()).isEqualTo("first");
    assertThat(created.get("isActive").booleanValue()).isFalse();
    assertThat(set.get("oldState").stringValue()).isEqualTo(state);
    assertThat(set.get("newState").stringValue())
        .isNotEqualTo(state)
        .isEqualTo(client().state("SieveScript"));
    JsonNode read = client().call("SieveScript/get", "{'ids':null}").get("list");
    assertThat(read.size()).isEqualTo(1);
    assertThat(read.get(0)).isEqualTo(created);
    assertThat(text(created.get("blobId").stringValue())).isEqualTo(KEEP);
  }

  /** Section 2.1: the default is server dependent. */
  @Test
  default void aScriptWithoutANameGetsOneOfItsOwn() {
    JsonNode set =
        client()
            .call(
                "SieveScript/set",
                "{'create':{'a':{'name':null,'blobId':'%s'},'b':{'blobId':'%s'}}}"
                    .formatted(blob(KEEP), blob("stop;\r\n")));
    String one = set.at("/created/a/name").stringValue();
    assertThat(one).isNotEmpty().isNotEqualTo(set.at("/created/b/name").stringValue());
  }

  @Test
  default void twoScriptsOfOneNameAreRefused() {
    String first = createScript("mine", KEEP);
    String second = createScript("other", KEEP);
    JsonNode again = client().call("SieveScript/set", create("mine", blob(KEEP)));
    assertThat(again.at("/notCreated/k"))
        .isEqualTo(json("{'type':'alreadyExists','existingId':'" + first + "'}"));
    JsonNode renamed = update(second, "{'name':'mine'}");
    assertThat(renamed.at("/notUpdated/" + second + "/existingId").stringValue()).isEqualTo(first);
    assertThat(update(first, "{'name':'mine'}").path("updated").has(first)).isTrue();
  }

  @Test
  default void whatIsNotSieveIsRefusedAndSaysWhy() {
    for (String wrong : List.of("keep;\r\nthis is not it {", "")) {
      JsonNode set = client().call("SieveScript/set", create("wrong", blob(wrong)));
      assertThat(set.at("/notCreated/k/type").stringValue()).as(wrong).isEqualTo("invalidSieve");
      assertThat(set.at("/notCreated/k/description").stringValue()).isNotEmpty();
    }
    JsonNode octets =
        client()
            .call(
                "SieveScript/set",
                create(
                    "wrong", client().upload("application/sieve", new byte[] {'#', (byte) 0xE9})));
    assertThat(octets.at("/notCreated/k/type").stringValue()).isEqualTo("invalidSieve");
    String id = createScript("right", KEEP);
    JsonNode update = update(id, "{'blobId':'" + blob("not it {") + "'}");
    assertThat(update.at("/notUpdated/" + id + "/type").stringValue()).isEqualTo("invalidSieve");
    assertThat(scriptText(id)).isEqualTo(KEEP);
  }

  @Test
  default void namesThatManageSieveForbidsAreRefused() {
    for (String name : List.of("", "a\\u0001b", "a\\u2028b", "a\\u0085b", "x".repeat(513))) {
      JsonNode set = client().call("SieveScript/set", create(name, blob(KEEP)));
      assertThat(set.at("/notCreated/k/type").stringValue())
          .as(name)
          .isEqualTo("invalidProperties");
      assertThat(set.at("/notCreated/k/properties")).isEqualTo(json("['name']"));
    }
    createScript("Größe \uD83D\uDE00 100%", KEEP);
  }

  @Test
  default void anUnknownBlobIsNamed() {
    JsonNode set = client().call("SieveScript/set", create("none", "no-such-blob"));
    assertThat(set.at("/notCreated/k"))
        .isEqualTo(json("{'type':'blobNotFound','notFound':['no-such-blob']}"));
    assertThat(client().error("SieveScript/validate", "{'blobId':'no-such-blob'}").get("type"))
        .isEqualTo(json("'invalidArguments'"));
  }

  @Test
  default void aChangedScriptKeepsItsIdAndGetsAnotherBlob() {
    String id = createScript("before", KEEP);
    String blobId = script(id).get("blobId").stringValue();
    JsonNode set = update(id, "{'name':'after','blobId':'" + blob("stop;\r\n") + "'}");
    JsonNode after = script(id);
    assertThat(after.get("name").stringValue()).isEqualTo("after");
    assertThat(after.get("blobId").stringValue()).isNotEqualTo(blobId);
    assertThat(set.at("/updated/" + id + "/blobId")).isEqualTo(after.get("blobId"));
    assertThat(scriptText(id)).isEqualTo("stop;\r\n");
  }

  /** Section 2.4 and its examples. */
  @Test
  default void atMostOneScriptIsActive() {
    String first = createScript("first", KEEP);
    JsonNode activated =
        client().call("SieveScript/set", "{'onSuccessActivateScript':'" + first + "'}");
    assertThat(activated.get("updated")).isEqualTo(json("{'" + first + "':{'isActive':true}}"));
    assertThat(activated.get("newState").stringValue())
        .isNotEqualTo(activated.get("oldState").stringValue());

    JsonNode second =
        client()
            .call(
                "SieveScript/set",
                "{'create':{'k':{'name':'second','blobId':'%s'}},'onSuccessActivateScript':'#k'}"
                    .formatted(blob(KEEP)));
    assertThat(second.at("/created/k/isActive").booleanValue()).isTrue();
    assertThat(second.get("updated")).isEqualTo(json("{'" + first + "':{'isActive':false}}"));
    String id = second.at("/created/k/id").stringValue();
    assertThat(client().query("SieveScript", "{'filter':{'isActive':true}}")).containsExactly(id);

    JsonNode none =
        client()
            .call(
                "SieveScript/set",
                "{'update':{'" + id + "':{'name':'renamed'}},'onSuccessDeactivateScript':true}");
    assertThat(none.get("updated")).isEqualTo(json("{'" + id + "':{'isActive':false}}"));
    assertThat(client().query("SieveScript", "{'filter':{'isActive':true}}")).isEmpty();
  }

  @Test
  default void nothingIsActivatedIfSomethingFails() {
    String first = createScript("first", KEEP);
    client().call("SieveScript/set", "{'onSuccessActivateScript':'" + first + "'}");
    JsonNode set =
        client()
            .call(
                "SieveScript/set",
                "{'create':{'k':{'name':'second','blobId':'%s'}},'destroy':['nobody'],"
                        .formatted(blob(KEEP))
                    + "'onSuccessActivateScript':'#k','onSuccessDeactivateScript':true}");
    assertThat(set.at("/created/k/isActive").booleanValue()).isFalse();
    assertThat(set.get("updated").isNull()).isTrue();
    assertThat(script(first).get("isActive").booleanValue()).isTrue();
  }

  /** An id that makes no sense is ignored; deactivating comes first. */
  @Test
  default void activatingNothingChangesNothing() {
    String first = createScript("first", KEEP);
    client().call("SieveScript/set", "{'onSuccessActivateScript':'" + first + "'}");
    for (String id : List.of("nobody", "#nobody", "no id")) {
      JsonNode set = client().call("SieveScript/set", "{'onSuccessActivateScript':'" + id + "'}");
      assertThat(set.get("updated").isNull()).isTrue();
    }
    assertThat(script(first).get("isActive").booleanValue()).isTrue();
    JsonNode both =
        client()
            .call(
                "SieveScript/set",
                "{'onSuccessActivateScript':'nobody','onSuccessDeactivateScript':true}");
    assertThat(both.at("/updated/" + first + "/isActive").booleanValue()).isFalse();
  }

  @Test
  default void theActiveScriptIsNotDestroyed() {
    String id = createScript("active", KEEP);
    client().call("SieveScript/set", "{'onSuccessActivateScript':'" + id + "'}");
    String destroy = "{'destroy':['" + id + "'],'onSuccessDeactivateScript':true}";
    assertThat(client().call("SieveScript/set", destroy).at("/notDestroyed/" + id + "/type"))
        .isEqualTo(json("'sieveIsActive'"));
    client().call("SieveScript/set", "{'onSuccessDeactivateScript':true}");
    assertThat(client().call("SieveScript/set", "{'destroy':['" + id + "']}").get("destroyed"))
        .isEqualTo(json("['" + id + "']"));
    assertThat(client().call("SieveScript/get", "{'ids':['" + id + "']}").get("notFound"))
        .isEqualTo(json("['" + id + "']"));
  }

  @Test
  default void scriptsAreFoundAndSorted() {
    String b = createScript("b filter", KEEP);
    String a = createScript("A filter", KEEP);
    String c = createScript("c", KEEP);
    client().call("SieveScript/set", "{'onSuccessActivateScript':'" + b + "'}");
    assertThat(client().query("SieveScript", "{'sort':[{'property':'name'}]}"))
        .containsExactly(a, b, c);
    assertThat(client().query("SieveScript", "{'filter':{'name':'FILTER'}}"))
        .containsExactlyInAnyOrder(a, b);
    assertThat(
            client()
                .query(
                    "SieveScript",
                    "{'filter':{'isActive':false},'sort':[{'property':'name','isAscending':false}]}"))
        .containsExactly(c, a);
    assertThat(
            client()
                .query("SieveScript", "{'sort':[{'property':'isActive','isAscending':false}]}")
                .get(0))
        .isEqualTo(b);
    assertThat(client().error("SieveScript/changes", "{'sinceState':'x'}").get("type"))
        .isEqualTo(json("'unknownMethod'"));
  }

  /** Section 2.6. */
  @Test
  default void validatingStoresNothing() {
    JsonNode right = client().call("SieveScript/validate", "{'blobId':'" + blob(KEEP) + "'}");
    assertThat(right.get("error").isNull()).isTrue();
    JsonNode wrong = client().call("SieveScript/validate", "{'blobId':'" + blob("not it {") + "'}");
    assertThat(wrong.at("/error/type").stringValue()).isEqualTo("invalidSieve");
    assertThat(wrong.at("/error/description").stringValue()).isNotEmpty();
    assertThat(client().query("SieveScript", "{}")).isEmpty();
  }

  private String blob(String text) {
    return client().upload("application/sieve", text.getBytes(StandardCharsets.UTF_8));
  }

  private static String create(String name, String blobId) {
    return "{'create':{'k':{'name':'" + name + "','blobId':'" + blobId + "'}}}";
  }

  private String createScript(String name, String text) {
    return MailClient.createdId(client().call("SieveScript/set", create(name, blob(text))));
  }

  private JsonNode update(String id, String patch) {
    return client().call("SieveScript/set", "{'update':{'" + id + "':" + patch + "}}");
  }

  private JsonNode script(String id) {
    return client().get("SieveScript", id, "name", "blobId", "isActive");
  }

  private String scriptText(String id) {
    return text(script(id).get("blobId").stringValue());
  }

  private String text(String blobId) {
    return client()
        .call("Blob/get", "{'ids':['" + blobId + "'],'properties':['data:asText']}")
        .at("/list/0/data:asText")
        .stringValue();
  }
}
