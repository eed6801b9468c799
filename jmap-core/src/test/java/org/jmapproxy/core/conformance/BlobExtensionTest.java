package org.jmapproxy.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.session.Limits;
import org.jmapproxy.core.session.SessionUrls;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.BlobLookupRole;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.testkit.NoteType;
import org.jmapproxy.core.types.BlobModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** RFC 9404: Blob/upload, Blob/get and Blob/lookup. */
class BlobExtensionTest {

  private static final String FOX = "The quick brown fox jumped over the lazy dog.";
  private static final String ODD = "VGhlIHF1aWNrIGJyb3duIGZveCBqdW1wZWQgb3ZlciB0aGUggYEgZG9nLg==";

  private final MemoryBlobs blobs = new MemoryBlobs("G");
  private final TestServer server =
      TestServer.with(limits(), new BlobModule(limits()), NoteType.module(NoteType.TYPE))
          .account(account("A", Roles.builder().with(BlobRole.ROLE, blobs).build()))
          .account(account("Empty", Roles.builder().build()))
          .account(
              account(
                  "L",
                  Roles.builder()
                      .with(BlobRole.ROLE, blobs)
                      .with(BlobLookupRole.ROLE, new NotesWithBlobs())
                      .build()));

  @Test
  void sessionTellsWhatAnAccountCanDo() {
    JsonNode session =
        TestServer.json(
            server.server().session(TestServer.JANE, SessionUrls.below("http://localhost")));

    assertThat(session.path("capabilities").path(BlobModule.URN)).isEqualTo(TestServer.json("{}"));
    assertThat(session.path("accounts").path("A").path("accountCapabilities").path(BlobModule.URN))
        .isEqualTo(
            TestServer.json(
                "{'maxSizeBlobSet': 1000, 'maxDataSources': 64, 'supportedTypeNames': [],"
                    + " 'supportedDigestAlgorithms': ['sha-256', 'sha-512', 'sha']}"));
    JsonNode lookup = session.at("/accounts/L/accountCapabilities").path(BlobModule.URN);
    assertThat(lookup.path("supportedTypeNames").valueStream().map(JsonNode::stringValue))
        .containsExactly("Note");
    assertThat(session.at("/accounts/Empty/accountCapabilities").has(BlobModule.URN)).isFalse();
  }

  /** Section 4.1.2. */
  @Test
  void blobsAreMadeOfTextBase64AndRangesOfOtherBlobs() {
    JsonNode responses =
        calls(
            upload("{'b4': {'data': [{'data:asText': '" + FOX + "'}]}}"),
            upload(
                "{'cat': {'data': [{'data:asText': 'How'}, {'blobId': '#b4', 'length': 7,"
                    + " 'offset': 3}, {'data:asText': 'was t'}, {'blobId': '#b4', 'length': 1,"
                    + " 'offset': 1}, {'data:asBase64': 'YXQ/'}], 'type': 'text/plain'}}"),
            get("'ids': ['#cat'], 'properties': ['data:asText', 'size']"));

    assertThat(responses.at("/0/1/created"))
        .isEqualTo(
            TestServer.json(
                "{'b4': {'id': 'G1', 'type': 'application/octet-stream', 'size': 45}}"));
    assertThat(responses.at("/0/1/notCreated").isNull()).isTrue();
    assertThat(responses.at("/1/1/created/cat/type").stringValue()).isEqualTo("text/plain");
    assertThat(responses.at("/2/1"))
        .isEqualTo(
            TestServer.json(
                "{'accountId': 'A', 'list': [{'id': 'G2', 'data:asText': 'How quick was that?',"
                    + " 'size': 19}], 'notFound': []}"));
  }

  @Test
  void aBlobMayReferToOneMadeBeforeItInTheSameCall() {
    JsonNode responses =
        calls(
            upload(
                "{'one': {'data': [{'data:asText': 'ab'}]},"
                    + " 'two': {'data': [{'blobId': '#one'}, {'blobId': '#one', 'offset': 1}]}}"),
            get("'ids': ['#two']"));

    assertThat(responses.at("/1/1/list/0/data:asText").stringValue()).isEqualTo("abb");
  }

  @Test
  void noSourcesMakeAnEmptyBlob() {
    assertThat(calls(upload("{'e': {'data': []}}")).at("/0/1/created/e/size").intValue()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'data': 'text'}",
        "{'data': ['text']}",
        "{'data': [{}]}",
        "{'data': [{'data:asText': null}]}",
        "{'data': [{'data:asText': 1}]}",
        "{'data': [{'data:asText': 'a', 'data:asBase64': 'YQ=='}]}",
        "{'data': [{'data:asText': 'a', 'offset': 0}]}",
        "{'data': [{'data:asBase64': 'YQ'}]}",
        "{'data': [{'data:asBase64': 'Y Q='}]}",
        "{'data': [{'data:asBase64': 'YQ-_'}]}",
        "{'data': [{'blobId': 'none'}]}",
        "{'data': [{'blobId': '#none'}]}",
        "{'data': [{'blobId': 'G1', 'offset': 46}]}",
        "{'data': [{'blobId': 'G1', 'offset': 40, 'length': 6}]}",
        "{'data': [{'blobId': 'G1', 'offset': -1}]}",
        "{'data': [{'blobId': 'G1', 'length': '1'}]}",
        "{'data': [{'blobId': 'G1', 'length': 9007199254740991}]}",
        "{'data': [{'data:asText': 'a', 'data:fromUrl': 'x'}]}",
        "{'data': [], 'name': 'x'}",
        "{'data': [], 'type': 7}",
        "{'data': [], 'type': 'text/plain\\r\\nX: y'}"
      })
  void whatIsNotClearIsRefusedAndNotStored(String upload) {
    calls(upload("{'fox': {'data': [{'data:asText': '" + FOX + "'}]}}"));

    JsonNode response = calls(upload("{'x': " + upload + "}")).at("/0/1");

    assertThat(response.path("created").isNull()).isTrue();
    assertThat(response.at("/notCreated/x/type").stringValue()).isEqualTo("invalidProperties");
    assertThat(response.at("/notCreated/x/description").stringValue()).isNotEmpty();
    assertThat(blobs.size()).isEqualTo(1);
  }

  @Test
  void limitsOfSizeAndSourcesHold() {
    String source = "{'data:asText': '" + "x".repeat(100) + "'}";
    JsonNode most = made(sources(10, source));
    JsonNode large = made(sources(11, source));
    JsonNode many = made(sources(65, "{'data:asText': ''}"));

    assertThat(most.at("/created/x/size").intValue()).isEqualTo(1000);
    assertThat(large.at("/notCreated/x/type").stringValue()).isEqualTo("tooLarge");
    assertThat(many.at("/notCreated/x/type").stringValue()).isEqualTo("tooLarge");
  }

  /** Section 4.2.1. */
  @Test
  void rangesAndDigestsAreThoseOfTheExample() {
    calls(upload("{'fox': {'data': [{'data:asText': '" + FOX + "'}]}}"));

    JsonNode responses =
        calls(
            get(
                "'ids': ['G1', 'not-a-blob'],"
                    + " 'properties': ['data:asText', 'digest:sha', 'size']"),
            get(
                "'ids': ['G1'], 'offset': 4, 'length': 9,"
                    + " 'properties': ['data:asText', 'digest:sha', 'digest:sha-256', 'size']"));

    assertThat(responses.at("/0/1"))
        .isEqualTo(
            TestServer.json(
                "{'accountId': 'A', 'list': [{'id': 'G1', 'data:asText': '"
                    + FOX
                    + "', 'digest:sha': 'wIVPufsDxBzOOALLDSIFKebu+U4=', 'size': 45}],"
                    + " 'notFound': ['not-a-blob']}"));
    assertThat(responses.at("/1/1/list/0"))
        .isEqualTo(
            TestServer.json(
                "{'id': 'G1', 'data:asText': 'quick bro',"
                    + " 'digest:sha': 'QiRAPtfyX8K6tm1iOAtZ87Xj3Ww=', 'digest:sha-256':"
                    + " 'gdg9INW7lwHK6OQ9u0dwDz2ZY/gubi0En0xlFpKt0OA=', 'size': 45}"));
  }

  /** Section 4.2.2. */
  @Test
  void encodingAndRangeProblemsAreThoseOfTheExample() {
    JsonNode responses =
        calls(
            upload(
                "{'b1': {'data': [{'data:asBase64': '"
                    + ODD
                    + "'}]}, 'b2': {'data': [{'data:asText': 'hello world'}]}}"),
            get("'ids': ['#b1', '#b2']"),
            get("'ids': ['#b1', '#b2'], 'properties': ['data:asText', 'size']"),
            get("'ids': ['#b1', '#b2'], 'properties': ['data:asBase64', 'size']"),
            get("'ids': ['#b1', '#b2'], 'offset': 0, 'length': 5"),
            get("'ids': ['#b1', '#b2'], 'offset': 20, 'length': 100"));

    assertList(
        responses.get(1),
        "{'id': 'G1', 'isEncodingProblem': true, 'data:asBase64': '" + ODD + "', 'size': 43}",
        "{'id': 'G2', 'data:asText': 'hello world', 'size': 11}");
    assertList(
        responses.get(2),
        "{'id': 'G1', 'isEncodingProblem': true, 'data:asText': null, 'size': 43}",
        "{'id': 'G2', 'data:asText': 'hello world', 'size': 11}");
    assertList(
        responses.get(3),
        "{'id': 'G1', 'data:asBase64': '" + ODD + "', 'size': 43}",
        "{'id': 'G2', 'data:asBase64': 'aGVsbG8gd29ybGQ=', 'size': 11}");
    assertList(
        responses.get(4),
        "{'id': 'G1', 'data:asText': 'The q', 'size': 43}",
        "{'id': 'G2', 'data:asText': 'hello', 'size': 11}");
    assertList(
        responses.get(5),
        "{'id': 'G1', 'isTruncated': true, 'isEncodingProblem': true,"
            + " 'data:asBase64': 'anVtcGVkIG92ZXIgdGhlIIGBIGRvZy4=', 'size': 43}",
        "{'id': 'G2', 'isTruncated': true, 'data:asText': '', 'size': 11}");
  }

  @Test
  void aRangeWithoutLengthIsTruncatedOnlyWhenItStartsPastTheEnd() {
    calls(upload("{'b': {'data': [{'data:asText': 'hello'}]}}"));

    JsonNode responses =
        calls(
            get("'ids': ['G1'], 'offset': 5, 'properties': ['data']"),
            get("'ids': ['G1'], 'offset': 6, 'properties': ['data']"));

    assertList(responses.get(0), "{'id': 'G1', 'data:asText': ''}");
    assertList(responses.get(1), "{'id': 'G1', 'isTruncated': true, 'data:asText': ''}");
  }

  @Test
  void aResponseNeverHoldsMoreDataThanARequestMay() {
    calls(
        upload(
            "{'b': {'data': " + sources(10, "{'data:asText': '" + "x".repeat(100) + "'}") + "}}"),
        upload("{'c': {'data': [{'blobId': '#b'}]}}"),
        upload("{'d': {'data': [{'blobId': '#b'}]}}"),
        upload("{'e': {'data': [{'blobId': '#b'}]}}"));

    JsonNode responses =
        calls(
            get("'ids': ['G1', 'G2', 'G3', 'G4']"),
            get("'ids': ['G1', 'G2', 'G3', 'G4'], 'properties': ['digest:sha', 'size']"));

    assertThat(responses.at("/0/1/type").stringValue()).isEqualTo("requestTooLarge");
    assertThat(responses.at("/1/1/list").size()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'ids': null",
        "'ids': ['G1'], 'properties': ['type']",
        "'ids': ['G1'], 'properties': ['digest:md4']",
        "'ids': ['G1'], 'offset': -1",
        "'ids': ['G1'], 'length': 'x'",
        "'ids': ['G1'], 'what': 1"
      })
  void badArgumentsOfGetAreNamed(String arguments) {
    assertThat(calls(get(arguments)).at("/0/1/type").stringValue()).isEqualTo("invalidArguments");
  }

  @Test
  void accountsWithoutBlobsDoNotHaveTheMethods() {
    JsonNode responses =
        calls(
            "['Blob/upload', {'accountId': 'Empty', 'create': {}}, 'c']",
            "['Blob/get', {'accountId': 'Empty', 'ids': []}, 'c']",
            "['Blob/lookup', {'accountId': 'A', 'ids': [], 'typeNames': []}, 'c']");

    for (JsonNode response : responses) {
      assertThat(response.at("/1/type").stringValue()).isEqualTo("accountNotSupportedByMethod");
    }
  }

  /** Section 4.3. */
  @Test
  void lookupNamesTheObjectsThatReferToABlob() {
    JsonNode response =
        calls(
                "['Blob/lookup', {'accountId': 'L', 'typeNames': ['Note'],"
                    + " 'ids': ['G7', 'G8', 'no/blob']}, 'c']")
            .at("/0/1");

    assertThat(response)
        .isEqualTo(
            TestServer.json(
                "{'accountId': 'L', 'list': [{'id': 'G7', 'matchedIds': {'Note': ['n1', 'n2']}},"
                    + " {'id': 'G8', 'matchedIds': {'Note': []}},"
                    + " {'id': 'no/blob', 'matchedIds': {'Note': []}}]}"));
  }

  @Test
  void lookupRefusesTypesThatAreUnknownOrNotInUse() {
    assertThat(calls(lookup("Letter"), lookup("Note")).findValuesAsString("type"))
        .containsExactly("unknownDataType");
    JsonNode notInUse =
        server
            .request(
                "{'using': ['" + BlobModule.URN + "'], 'methodCalls': [" + lookup("Note") + "]}")
            .at("/methodResponses/0/1/type");
    assertThat(notInUse.stringValue()).isEqualTo("unknownDataType");
  }

  private static void assertList(JsonNode response, String... objects) {
    assertThat(response.at("/1/list"))
        .isEqualTo(TestServer.json("[" + String.join(",", objects) + "]"));
  }

  private JsonNode made(String data) {
    return calls(upload("{'x': {'data': " + data + "}}")).at("/0/1");
  }

  private static String lookup(String typeName) {
    return "['Blob/lookup', {'accountId': 'L', 'typeNames': ['" + typeName + "'], 'ids': []}, 'c']";
  }

  private static String upload(String create) {
    return "['Blob/upload', {'accountId': 'A', 'create': " + create + "}, 'c']";
  }

  private static String get(String arguments) {
    return "['Blob/get', {'accountId': 'A', " + arguments + "}, 'c']";
  }

  private static String sources(int count, String source) {
    return IntStream.range(0, count)
        .mapToObj(i -> source)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private JsonNode calls(String... calls) {
    return server
        .request(
            "{'using': ['urn:ietf:params:jmap:core', '"
                + BlobModule.URN
                + "', 'urn:test'], 'methodCalls': ["
                + String.join(",", calls)
                + "]}")
        .path("methodResponses");
  }

  private static Account account(String id, Roles roles) {
    return Account.of(Id.of(id), id, roles);
  }

  private static Limits limits() {
    return new Limits(1000, 2, 3_900, 4, 16, 16, 16, Duration.ofMillis(20), Duration.ofSeconds(60));
  }

  /** Two notes refer to one blob. */
  private static final class NotesWithBlobs implements BlobLookupRole {

    @Override
    public Set<String> typeNames() {
      return Set.of("Note");
    }

    @Override
    public Map<Id, List<Id>> referring(CallContext context, String typeName, List<Id> blobIds) {
      return Map.of(Id.of("G7"), List.of(Id.of("n1"), Id.of("n2")));
    }
  }
}
