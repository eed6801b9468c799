package org.jmapproxy.backend.imap.internal.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.protocol.SocketConnector;
import org.jmapproxy.backend.imap.internal.protocol.TlsMode;
import org.jmapproxy.core.backend.Credentials;
import org.jmapproxy.mail.submission.EnvelopeAddress;
import org.junit.jupiter.api.Test;

/** A message through a server that others wrote. */
class GreenMailTest {

  @Test
  void aMessageArrives() throws Exception {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    try {
      server.setUser("ann@example.com", "ann@example.com", "secret");
      send(server.getSmtp().getPort(), "Subject: hello\r\n\r\n.\r\ndots\r\n");
      assertThat(server.waitForIncomingEmail(10_000, 2)).isTrue();
      assertThat(server.getReceivedMessages()).hasSize(2);
      assertThat(server.getReceivedMessages()[0].getSubject()).isEqualTo("hello");
      assertThat(GreenMailUtil.getBody(server.getReceivedMessages()[0])).startsWith(".\r\ndots");
    } finally {
      server.stop();
    }
  }

  private static void send(int port, String message) {
    byte[] octets = message.getBytes(StandardCharsets.UTF_8);
    try (SmtpConnection connection =
        SmtpConnection.connect(
            SmtpEndpoint.of(
                "127.0.0.1",
                port,
                TlsMode.PLAIN,
                Optional.empty(),
                false,
                SocketConnector.DIRECT))) {
      connection.begin(Credentials.password("ann@example.com", "secret"));
      List<SmtpReply> replies =
          connection.envelope(
              EnvelopeAddress.of("ann@example.com"),
              List.of(EnvelopeAddress.of("bob@example.com"), EnvelopeAddress.of("eve@example.com")),
              new MessageTraits(octets.length, false, false, false, false));
      assertThat(replies).hasSize(2).allMatch(SmtpReply::isPositive);
      assertThat(connection.data(new ByteArrayInputStream(octets), () -> {}).isPositive()).isTrue();
      connection.quit();
    }
  }
}
