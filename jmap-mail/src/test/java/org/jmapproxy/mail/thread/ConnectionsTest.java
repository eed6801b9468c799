package org.jmapproxy.mail.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.jmapproxy.mail.header.HeaderBlock;
import org.junit.jupiter.api.Test;

class ConnectionsTest {

  private static Connections of(String header) {
    return Connections.of(HeaderBlock.of(header.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void collectsEveryIdOnceInOrder() {
    Connections connections =
        of(
            """
            Subject: Re: [list] Hello World
            References: <a@x> <b@x>
             <c@x>
            In-Reply-To: <c@x>
            Message-ID: <d@x>
            """);
    assertThat(connections.messageId()).contains("d@x");
    assertThat(connections.messageIds()).containsExactly("d@x", "c@x", "a@x", "b@x");
    assertThat(connections.subjectKey()).isEqualTo("helloworld");
  }

  @Test
  void aReplyConnectsUnlessItsSubjectChanged() {
    Connections first = of("Message-ID: <a@x>\nSubject: Plan\n");
    assertThat(of("In-Reply-To: <a@x>\nSubject: Re: plan\n").connectTo(first)).isTrue();
    assertThat(of("In-Reply-To: <a@x>\nSubject: Other\n").connectTo(first)).isFalse();
    assertThat(of("Message-ID: <b@x>\nSubject: Plan\n").connectTo(first)).isFalse();
  }

  @Test
  void siblingsConnectOverAMissingParent() {
    Connections one = of("Message-ID: <b@x>\nReferences: <a@x>\nSubject: Re: Plan\n");
    Connections two = of("Message-ID: <c@x>\nIn-Reply-To: <a@x>\nSubject: AW: Plan\n");
    assertThat(one.connectTo(two)).isTrue();
  }

  @Test
  void idsWithoutBracketsStillConnect() {
    assertThat(of("Message-ID: a@x\n").messageIds()).containsExactly("a@x");
  }

  @Test
  void hostileReferencesAreBounded() {
    StringBuilder header =
        new StringBuilder("Message-ID: <").append("x".repeat(5000)).append(">\n");
    header.append("References:");
    for (int i = 0; i < 5000; i++) {
      header.append(" <").append(i).append("@x>\r\n");
    }
    Connections connections = of(header.toString());
    assertThat(connections.messageIds()).hasSize(200).contains("0@x", "4999@x", "4900@x");
    assertThat(connections.messageId().orElseThrow()).startsWith("sha256:").hasSize(71);
  }

  @Test
  void aMessageWithoutAnythingConnectsToNothing() {
    Connections none = of("");
    assertThat(none.messageIds()).isEmpty();
    assertThat(none.connectTo(none)).isFalse();
  }
}
