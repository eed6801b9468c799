package org.jmapproxy.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MessageBodyTest {

  private static BodyPart leaf(String id, String type) {
    return BodyPart.builder(type).partId(id).size(100).build();
  }

  private static BodyPart leaf(String id, String type, String disposition) {
    return BodyPart.builder(type).partId(id).size(100).disposition(disposition).build();
  }

  private static BodyPart multipart(String subtype, BodyPart... parts) {
    return BodyPart.builder("multipart/" + subtype).subParts(List.of(parts)).build();
  }

  private static String ids(List<BodyPart> parts) {
    return parts.stream().map(part -> part.partId().orElse("?")).collect(Collectors.joining(" "));
  }

  @Test
  void decomposesTheExampleOfRfc8621() {
    BodyPart root =
        multipart(
            "mixed",
            leaf("A", "text/plain", "inline"),
            multipart(
                "mixed",
                multipart(
                    "alternative",
                    multipart(
                        "mixed",
                        leaf("B", "text/plain", "inline"),
                        leaf("C", "image/jpeg", "inline"),
                        leaf("D", "text/plain", "inline")),
                    multipart("related", leaf("E", "text/html"), leaf("F", "image/jpeg"))),
                leaf("G", "image/jpeg", "attachment"),
                leaf("H", "application/x-excel"),
                leaf("J", "message/rfc822")),
            leaf("K", "text/plain", "inline"));
    MessageBody body = MessageBody.of(root);
    assertThat(ids(body.textBody())).isEqualTo("A B C D K");
    assertThat(ids(body.htmlBody())).isEqualTo("A E K");
    assertThat(ids(body.attachments())).isEqualTo("C F G H J");
    assertThat(body.hasAttachment()).isTrue();
  }

  @Test
  void aSingleTextIsBothBodies() {
    MessageBody body = MessageBody.of(leaf("1", "text/html"));
    assertThat(ids(body.textBody())).isEqualTo("1");
    assertThat(ids(body.htmlBody())).isEqualTo("1");
    assertThat(body.hasAttachment()).isFalse();
  }

  @Test
  void anAlternativeWithOnlyHtmlIsShownAsText() {
    MessageBody body = MessageBody.of(multipart("alternative", leaf("1", "text/html")));
    assertThat(ids(body.textBody())).isEqualTo("1");
  }

  @Test
  void aMessageThatIsAFileIsAnAttachment() {
    MessageBody body = MessageBody.of(leaf("1", "application/pdf"));
    assertThat(body.textBody()).isEmpty();
    assertThat(ids(body.attachments())).isEqualTo("1");
    assertThat(body.hasAttachment()).isTrue();
  }

  @Test
  void picturesEmbeddedInHtmlAreNoAttachmentToOffer() {
    BodyPart picture = BodyPart.builder("image/png").partId("2").cid("<logo@x>").build();
    MessageBody body = MessageBody.of(multipart("related", leaf("1", "text/html"), picture));
    assertThat(ids(body.attachments())).isEqualTo("2");
    assertThat(body.hasAttachment()).isFalse();
    assertThat(picture.cid()).contains("logo@x");
  }

  @Test
  void signaturesAreNoAttachmentToOffer() {
    MessageBody body =
        MessageBody.of(
            multipart("signed", leaf("1", "text/plain"), leaf("2", "application/pgp-signature")));
    assertThat(body.hasAttachment()).isFalse();
    assertThat(ids(body.attachments())).isEqualTo("2");
  }

  @Test
  void aNamedTextAfterTheFirstIsAnAttachment() {
    BodyPart notes = BodyPart.builder("text/plain").partId("2").name("notes.txt").build();
    MessageBody body = MessageBody.of(multipart("mixed", leaf("1", "text/plain"), notes));
    assertThat(ids(body.textBody())).isEqualTo("1");
    assertThat(body.hasAttachment()).isTrue();
  }

  @Test
  void nestedBeyondReasonItStillAnswers() {
    BodyPart part = leaf("1", "text/plain");
    for (int i = 0; i < 1_000; i++) {
      part = multipart("mixed", part);
    }
    assertThat(MessageBody.of(part).textBody()).isEmpty();
    BodyPart wide =
        multipart(
            "mixed",
            java.util.Collections.nCopies(50_000, leaf("1", "text/plain"))
                .toArray(BodyPart[]::new));
    assertThat(MessageBody.of(wide).textBody()).hasSizeLessThan(50_000);
  }

  @Test
  void theBuilderTakesNamesAndCharsetsFromParameters() {
    ParameterizedValue type =
        ParameterizedValue.parse(" Text/Plain; charset=\"UTF-8\"; name=\"=?utf-8?Q?=C3=A9.txt?=\"");
    ParameterizedValue disposition =
        ParameterizedValue.parse(
            "attachment; filename*0*=utf-8''%e2%82%ac%20; filename*1=\"x.txt\"");
    BodyPart part =
        BodyPart.builder(type.value())
            .parameters(type.parameters())
            .disposition(disposition.value(), disposition.parameters())
            .build();
    assertThat(part.type()).isEqualTo("text/plain");
    assertThat(part.charset()).contains("UTF-8");
    assertThat(part.disposition()).contains("attachment");
    assertThat(part.name()).contains("€ x.txt");
  }
}
