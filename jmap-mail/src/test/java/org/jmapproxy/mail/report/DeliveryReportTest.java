package org.jmapproxy.mail.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jmapproxy.mail.testkit.MemoryBlob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Delivery status notifications as they are found (RFC 3464). */
class DeliveryReportTest {

  private static Optional<DeliveryReport> read(String perMessage, String... perRecipient) {
    String message =
        "From: MAILER-DAEMON@example.org\r\n"
            + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
            + "--b\r\n\r\nSorry.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
            + perMessage
            + "\r\n"
            + String.join("\r\n", perRecipient)
            + "\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
            + "Subject: x\r\nMessage-ID: <original@example.com>\r\n\r\n--b--\r\n";
    return DeliveryReport.read(
        new MemoryBlob("message/rfc822", message.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void everyRecipientIsToldOf() {
    DeliveryReport report =
        read(
                "Original-Envelope-Id: es-1\r\nReporting-MTA: dns; mx.example.org\r\n",
                "Original-Recipient: rfc822;ann@example.com\r\nFinal-Recipient: rfc822;a@b.example\r\n"
                    + "Action: Failed\r\nStatus: 5.1.1 (nobody)\r\n"
                    + "Diagnostic-Code: smtp; 550-5.1.1 No\r\n such user\r\n",
                "Final-Recipient: RFC822; <bob@example.com>\r\nAction: delivered\r\nStatus: 2.0.0\r\n")
            .orElseThrow();
    assertThat(report.envelopeId()).contains("es-1");
    assertThat(report.originalMessageId()).contains("original@example.com");
    assertThat(report.recipients()).hasSize(2);
    assertThat(report.recipients().get(0).addresses())
        .isEqualTo(List.of("ann@example.com", "a@b.example"));
    assertThat(report.recipients().get(0).isFailed()).isTrue();
    assertThat(report.recipients().get(0).smtpReply()).isEqualTo("550 5.1.1 No such user");
    assertThat(report.recipients().get(1).isDelivered()).isTrue();
    assertThat(report.recipients().get(1).smtpReply()).isEqualTo("250 2.0.0 delivered");
  }

  @ParameterizedTest
  @CsvSource({
    "failed,5.2.2,x-unix; disk full,550 5.2.2 disk full",
    "failed,nonsense,,550 5.0.0 failed",
    "delayed,4.4.1,smtp; timed out,450 4.4.1 timed out",
    "relayed,,,250 2.0.0 relayed",
  })
  void whatIsNoSmtpReplyBecomesOne(
      String action, String status, String diagnostic, String expected) {
    String fields =
        "Final-Recipient: rfc822; ann@example.com\r\nAction: "
            + action
            + "\r\n"
            + (status == null ? "" : "Status: " + status + "\r\n")
            + (diagnostic == null ? "" : "Diagnostic-Code: " + diagnostic + "\r\n");
    assertThat(
            read("Reporting-MTA: dns; x\r\n", fields).orElseThrow().recipients().get(0).smtpReply())
        .isEqualTo(expected);
  }

  @Test
  void whatSaysNothingOfAnybodyIsNoReport() {
    assertThat(read("Reporting-MTA: dns; x\r\n", "Action: failed\r\n")).isEmpty();
    assertThat(read("Reporting-MTA: dns; x\r\n", "Final-Recipient: rfc822; nobody\r\n")).isEmpty();
  }
}
