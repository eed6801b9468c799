package org.jmapproxy.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DemoTest {

  @Test
  @Timeout(60)
  void thePrintedCommandListsTheInbox() throws Exception {
    try (Demo demo = Demo.start(Map.of("JMAP_PORT", "0", "JMAP_MGMT_PORT", "0"))) {
      Process shell =
          new ProcessBuilder("sh", "-c", demo.curlLine()).redirectErrorStream(true).start();
      String answer = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(shell.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(answer)
          .contains(
              "Sunday ride?",
              "Mormors födelsedag",
              "goran@example.se",
              "Two brake discs",
              "receivedAt")
          .doesNotContain("Jag tar");
    }
  }
}
