package org.jmapproxy.server.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.server.RunningProxy;
import org.jmapproxy.server.StandardParts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Mail that arrives at a real IMAP server is pushed, also after a restart without any request. */
class ImapPushTest {

  private static final Map<String, String> OPEN =
      Map.of("JMAP_PUSH_ALLOW_PRIVATE", "1", "JMAP_PUSH_ALLOW_HTTP", "1");

  @RegisterExtension static final DovecotServer DOVECOT = DovecotServer.builder().build();

  @Test
  void newMailIsPushedAlsoAfterARestart(@TempDir Path data) throws IOException {
    DOVECOT.seed("ann", "INBOX", 1);
    try (PushEndpoint endpoint = new PushEndpoint()) {
      try (RunningProxy proxy = proxy(data)) {
        add(proxy);
        new PushClient(proxy, "ann", DovecotServer.PASSWORD).subscribe(endpoint);
        DOVECOT.seed("ann", "INBOX", 1);
        endpoint.awaitChange("ann", "Email");
      }
      try (RunningProxy proxy = proxy(data)) {
        endpoint.received().clear();
        DOVECOT.seed("ann", "INBOX", 1);
        endpoint.awaitChange("ann", "Email");
        assertThat(new PushClient(proxy, "ann", DovecotServer.PASSWORD).list()).hasSize(1);
      }
    }
  }

  private static RunningProxy proxy(Path data) {
    return RunningProxy.with(data, OPEN, StandardParts.backends());
  }

  private static void add(RunningProxy proxy) {
    var answer =
        proxy.manage(
            "POST",
            "/api/accounts",
            """
            {"accountid":"ann","email":"ann@example.com","username":"ann","password":"%s",
             "imapHost":"127.0.0.1","imapPort":%d,"imapSSL":0}"""
                .formatted(DovecotServer.PASSWORD, DOVECOT.imapPort()));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(proxy.manage("POST", "/api/accounts/ann/sync", "").statusCode()).isEqualTo(200);
  }
}
