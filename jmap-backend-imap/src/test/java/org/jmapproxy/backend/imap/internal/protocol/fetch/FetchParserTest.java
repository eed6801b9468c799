package org.jmapproxy.backend.imap.internal.protocol.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.protocol.wire.ImapLimits;
import org.jmapproxy.backend.imap.internal.protocol.wire.ResponseCursor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetchParserTest {
  private final FetchParser parser = new FetchParser();

  @Test
  void allItemsAreRead() {
    FetchedMessage message =
        parse(
            "(UID 7 FLAGS (\\Seen \\Recent $Forwarded) INTERNALDATE \"17-Jul-1996 02:44:25 -0700\""
                + " RFC822.SIZE 44827 MODSEQ (12345) EMAILID (M6d99ac3275bb4e) THREADID NIL"
                + " X-GM-MSGID 1278455344230334865 X-GM-LABELS (\\Inbox \"a b\" &AOQ-)"
                + " X-GUID abc PREVIEW \"Hello\" BODY[HEADER] {6}\r\nA: b\r\n"
                + " BODY[1.2]<0> \"x\\\"y\")");
    assertThat(message.uid()).isEqualTo(7);
    assertThat(message.flags()).hasValue(Set.of("\\Seen", "$Forwarded"));
    assertThat(message.internalDate()).hasValue(Instant.parse("1996-07-17T09:44:25Z"));
    assertThat(message.size()).hasValue(44827);
    assertThat(message.modSeq()).hasValue(12345);
    assertThat(message.emailId()).hasValue("M6d99ac3275bb4e");
    assertThat(message.threadId()).isEmpty();
    assertThat(message.gmailMessageId()).hasValue("1278455344230334865");
    assertThat(message.gmailLabels()).hasValue(List.of("\\Inbox", "a b", "ä"));
    assertThat(message.guid()).hasValue("abc");
    assertThat(message.preview()).hasValue("Hello");
    assertThat(message.header()).hasValue("A: b\r\n".getBytes(StandardCharsets.US_ASCII));
    assertThat(message.section("1.2")).hasValue("x\"y".getBytes(StandardCharsets.US_ASCII));
    assertThat(message.broken()).isEmpty();
  }

  @Test
  void aLiteralRightBehindItsNameIsRead() {
    FetchedMessage message = parse("(UID 7 BODY[1]<0>{11}\r\nTwo brakes. FLAGS (\\Seen))");
    assertThat(message.section("1")).hasValue("Two brakes.".getBytes(StandardCharsets.US_ASCII));
    assertThat(message.flags()).hasValue(Set.of("\\Seen"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(BODYSTRUCTURE (\"text\" \"plain\" UID 9 FLAGS (\\Seen) RFC822.SIZE 5)",
        "(BODYSTRUCTURE \"unterminated UID 9 FLAGS (\\Seen) RFC822.SIZE 5)",
        "(BODYSTRUCTURE NIL UID 9 FLAGS (\\Seen) RFC822.SIZE 5)",
        "(BODYSTRUCTURE 17 UID 9 FLAGS (\\Seen) RFC822.SIZE 5)",
        "(UID 9 BODYSTRUCTURE (((((\"text\" FLAGS (\\Seen) RFC822.SIZE 5)",
        "(UID 9 INTERNALDATE NIL FLAGS (\\Seen) RFC822.SIZE 5)",
        "(UID 9 INTERNALDATE \"gibberish\" FLAGS (\\Seen) RFC822.SIZE 5)",
        "(UID 9 MODSEQ 17 FLAGS (\\Seen) RFC822.SIZE 5)",
        "(UID 9 BODY[HEADER] NIL FLAGS (\\Seen) RFC822.SIZE 5)",
        "(UID 9 X-UNKNOWN (a (b \"c\")) FLAGS (\\Seen) RFC822.SIZE 5)",
        "(UID 9 FLAGS (\\Seen) RFC822.SIZE 5",
        "(UID 9  FLAGS  ( \\Seen )  RFC822.SIZE  5 )",
        "(uid 9 flags (\\Seen) rfc822.size 5)"
      })
  void aBrokenItemCostsThatItemOnly(String response) {
    FetchedMessage message = parse(response);
    assertThat(message.uid()).isEqualTo(9);
    assertThat(message.flags()).hasValue(Set.of("\\Seen"));
    assertThat(message.size()).hasValue(5);
  }

  @Test
  void textInsideABrokenItemCannotReplaceUidAndFlags() {
    FetchedMessage message =
        parse("(UID 9 FLAGS (\\Seen) BODYSTRUCTURE ((\"x UID 666 FLAGS (\\Deleted) )");
    assertThat(message.uid()).isEqualTo(9);
    assertThat(message.flags()).hasValue(Set.of("\\Seen"));
    assertThat(message.broken()).contains("BODYSTRUCTURE");
  }

  @Test
  void deepNestingIsRefusedWithoutHarm() {
    String deep = "(".repeat(200_000) + ")".repeat(200_000);
    FetchedMessage message = parse("(UID 9 BODYSTRUCTURE " + deep + " RFC822.SIZE 5)");
    assertThat(message.uid()).isEqualTo(9);
    assertThat(message.bodyStructure()).isEmpty();
    assertThat(message.size()).hasValue(5);
  }

  @Test
  void aNestedMessageKeepsItsPartsAndTheirNumbers() {
    BodyStructure root =
        structure(
            "((\"TEXT\" \"PLAIN\" (\"CHARSET\" \"us-ascii\") NIL NIL \"7BIT\" 10 1)"
                + "(\"MESSAGE\" \"RFC822\" NIL NIL NIL \"7BIT\" 500"
                + " (NIL \"subject\" NIL NIL NIL NIL NIL NIL NIL NIL)"
                + " ((\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 5 1)(\"IMAGE\" \"PNG\" NIL \"<i@x>\""
                + " NIL \"BASE64\" 100) \"MIXED\") 20 NIL (\"ATTACHMENT\" (\"FILENAME\" \"m.eml\")))"
                + "(\"message\" \"rfc822\" nil nil nil \"8bit\" 60 (nil nil nil nil nil nil nil nil"
                + " nil nil) (\"text\" \"html\" nil nil nil \"8bit\" 7 1) 3) \"MIXED\""
                + " (\"BOUNDARY\" \"b\") NIL (\"en\" \"de\") \"loc\")");
    assertThat(root.all().map(BodyStructure::section))
        .containsExactly("", "1", "2", "2", "2.1", "2.2", "3", "3.1");
    assertThat(root.all().map(BodyStructure::mediaType))
        .containsExactly(
            "multipart/mixed",
            "text/plain",
            "message/rfc822",
            "multipart/mixed",
            "text/plain",
            "image/png",
            "message/rfc822",
            "text/html");
    assertThat(root.languages()).containsExactly("en", "de");
    assertThat(root.location()).hasValue("loc");
    BodyStructure attached = root.parts().get(1);
    assertThat(attached.disposition()).hasValue("attachment");
    assertThat(attached.lines()).isEqualTo(20);
    assertThat(attached.parts().get(0).parts().get(1).contentId()).hasValue("<i@x>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(NIL NIL NIL NIL NIL NIL NIL)",
        "()",
        "(\"text\")",
        "(\"text\" \"plain\" NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)",
        "(\"text\" \"plain\" \"charset\" () () () \"many\" \"lines\" (((())))  17)",
        "(() ())",
        "(\"message\" \"rfc822\" NIL NIL NIL \"7bit\" 5 NIL NIL NIL)",
        "((\"text\" \"plain\" (\"charset\") NIL NIL \"7bit\" 5 1) NIL NIL NIL NIL)"
      })
  void oddStructuresAreReadAsFarAsTheyGo(String text) {
    assertThat(structure(text).all().count()).isPositive();
  }

  @Test
  void splitAndEncodedParametersAreJoined() {
    BodyStructure part =
        structure(
            "(\"application\" \"pdf\" (\"NAME*0*\" \"utf-8'de'%C3%BC\" \"NAME*1\" \"ber\" \"NAME*2*\""
                + " \"%20x\") NIL NIL \"base64\" 5 NIL (\"attachment\" (\"filename*\""
                + " \"iso-8859-1''r%E9sum%E9.pdf\" \"filename\" \"resume.pdf\")) NIL NIL)");
    assertThat(part.parameters()).isEqualTo(Map.of("name", "über x"));
    assertThat(part.dispositionParameters()).isEqualTo(Map.of("filename", "résumé.pdf"));
  }

  private BodyStructure structure(String text) {
    return parse("(UID 1 BODYSTRUCTURE " + text + ")").bodyStructure().orElseThrow();
  }

  private FetchedMessage parse(String response) {
    byte[] bytes = response.getBytes(StandardCharsets.UTF_8);
    return parser.parse(1, ResponseCursor.of(bytes, ImapLimits.DEFAULT));
  }
}
