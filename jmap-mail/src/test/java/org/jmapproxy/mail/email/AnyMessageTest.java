package org.jmapproxy.mail.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.mail.testkit.MailClient;
import org.jmapproxy.mail.testkit.MemoryMail;
import org.jmapproxy.mail.testkit.OddMessages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Whatever octets are taken for a message, a valid Email comes out. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class AnyMessageTest {
  private static final long SEED = 8621;
  private static final int MOST = 50;
  private static final List<String> FORMS =
      List.of("Raw", "Text", "Addresses", "GroupedAddresses", "MessageIds", "Date", "URLs");

  private final MailClient client = new MailClient(new MemoryMail("jane").account());
  private final String arguments = arguments();

  @Test
  void oddMessagesBeginningsOfThemAndMutationsAreValidEmails() {
    Random random = new Random(SEED);
    for (String name : OddMessages.names()) {
      byte[] message = OddMessages.message(name);
      check(message);
      for (int i = 0; i < 4; i++) {
        check(Arrays.copyOf(message, random.nextInt(message.length + 1)));
        check(mutated(message, random));
      }
    }
  }

  @Test
  void randomOctetsAreValidEmails() {
    Random random = new Random(SEED);
    for (int round = 0; round < 200; round++) {
      byte[] octets = new byte[random.nextInt(2_000)];
      random.nextBytes(octets);
      check(octets);
      byte[] header = "Subject: =?utf-8?b?".getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(header, 0, octets, 0, Math.min(header.length, octets.length));
      check(octets);
    }
  }

  @Test
  void fieldsOfAnyContentAreValidInEveryForm() {
    Random random = new Random(SEED);
    String[] pieces = {
      "<",
      ">",
      "@",
      "\"",
      "(",
      ")",
      ",",
      ";",
      ":",
      "\\",
      " ",
      "\t",
      "=?utf-8?q?",
      "=C3",
      "?=",
      "=?",
      "a",
      "b.example",
      "Mon, ",
      "1 Jan ",
      "2020 ",
      "25:61",
      "+0000",
      "\u00e9",
      "\u0000",
      "mailto:",
      "=?utf-16?b?2AA=?=",
      "[",
      "]",
      "é",
      "\r\n ",
      "\uD83D\uDE00",
      "99999999999999999999"
    };
    for (int round = 0; round < 500; round++) {
      StringBuilder value = new StringBuilder();
      for (int i = random.nextInt(30); i > 0; i--) {
        value.append(pieces[random.nextInt(pieces.length)]);
      }
      check(("X-Any: " + value + "\r\nTo: " + value + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      check(
          ("Date: " + value + "\r\nX-Any: x\r\n\r\n")
              .getBytes(round % 2 == 0 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1));
    }
  }

  private static String arguments() {
    List<String> properties =
        new ArrayList<>(
            List.of(
                "messageId",
                "inReplyTo",
                "references",
                "sender",
                "from",
                "to",
                "cc",
                "bcc",
                "replyTo",
                "subject",
                "sentAt",
                "hasAttachment",
                "preview",
                "bodyValues",
                "textBody",
                "htmlBody",
                "attachments",
                "bodyStructure",
                "headers",
                "size",
                "header:From:asGroupedAddresses:all",
                "header:Subject:all"));
    FORMS.forEach(form -> properties.add("header:X-Any:as" + form));
    FORMS.forEach(form -> properties.add("header:X-Any:as" + form + ":all"));
    return "'properties':['"
        + String.join("','", properties)
        + "'],'bodyProperties':['partId','blobId','size','headers','name','type','charset',"
        + "'disposition','cid','language','location','subParts','header:Content-Type:asText'],"
        + "'fetchAllBodyValues':true,'maxBodyValueBytes':"
        + MOST;
  }

  private void check(byte[] message) {
    String blobId = client.upload("message/rfc822", message);
    JsonNode response =
        client.call("Email/parse", "{'blobIds':['" + blobId + "']," + arguments + "}");
    if (response.get("parsed").isNull()) {
      assertThat(MailClient.strings(response.get("notParsable"))).containsExactly(blobId);
    } else {
      checkEmail(response.get("parsed").get(blobId), message.length);
    }
  }

  private static void checkEmail(JsonNode email, int size) {
    checkStrings(email);
    assertThat(email.get("size").asInt()).isEqualTo(size);
    assertThat(email.get("preview").stringValue().length()).isLessThanOrEqualTo(256);
    for (String date : List.of("sentAt", "header:X-Any:asDate")) {
      if (!email.get(date).isNull()) {
        OffsetDateTime.parse(email.get(date).stringValue());
      }
    }
    Set<String> leaves = new HashSet<>();
    checkPart(email.get("bodyStructure"), leaves);
    for (String list : List.of("textBody", "htmlBody", "attachments")) {
      email
          .get(list)
          .forEach(part -> assertThat(leaves).contains(part.get("partId").stringValue()));
    }
    assertThat(leaves).containsAll(email.get("bodyValues").propertyNames());
    email.get("bodyValues").forEach(AnyMessageTest::checkValue);
  }

  private static void checkPart(JsonNode part, Set<String> leaves) {
    assertThat(part.get("type").stringValue()).matches("[^/\\s]+/[^\\s]+").isLowerCase();
    assertThat(part.get("size").asLong()).isNotNegative();
    if (part.get("subParts").isNull()) {
      assertThat(leaves.add(part.get("partId").stringValue())).isTrue();
      assertThat(Id.isValid(part.get("blobId").stringValue())).isTrue();
    } else {
      assertThat(part.get("partId").isNull()).isTrue();
      assertThat(part.get("blobId").isNull()).isTrue();
      assertThat(part.get("type").stringValue()).startsWith("multipart/");
      part.get("subParts").forEach(child -> checkPart(child, leaves));
    }
  }

  private static void checkValue(JsonNode value) {
    String text = value.get("value").stringValue();
    assertThat(text.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(MOST);
    assertThat(value.get("isTruncated").isBoolean()).isTrue();
    assertThat(value.get("isEncodingProblem").isBoolean()).isTrue();
  }

  /** JSON is Unicode: no string may hold half a character. */
  private static void checkStrings(JsonNode node) {
    if (node.isString()) {
      assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(node.stringValue()))
          .as(node.toString())
          .isTrue();
    }
    node.forEach(AnyMessageTest::checkStrings);
  }

  private static byte[] mutated(byte[] message, Random random) {
    byte[] mutated = message.clone();
    byte[] hard = "\r\n-=:;\"?<@ \0\u00ff".getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 1 + random.nextInt(8); i > 0 && mutated.length > 0; i--) {
      mutated[random.nextInt(mutated.length)] = hard[random.nextInt(hard.length)];
    }
    return mutated;
  }
}
