package org.jmapproxy.backend.imap.internal.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jmapproxy.backend.imap.internal.protocol.wire.CommandWriter.LiteralMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nb", "a\nb", "a\rb", "a\0b"})
  void nothingTypedByAUserCanEndTheLine(String value) {
    assertThatThrownBy(() -> Command.named("X").string(value))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Command.named("X").flags(List.of(value)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Command.named("X").raw(value))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\\", "a b", "a(b", "a{1}", "ä", "a\"b", "\\\\Seen", "a]"})
  void whatIsNoFlagIsRefused(String flag) {
    assertThatThrownBy(() -> Command.named("X").flags(List.of(flag)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void quotesAndBackslashesAreEscaped() throws IOException {
    assertThat(sent(Command.named("X").string("a\"b\\c"), LiteralMode.ANY))
        .isEqualTo("t X \"a\\\"b\\\\c\"\r\n");
  }

  @Test
  void eightBitTextGoesAsALiteral() throws IOException {
    assertThat(sent(Command.named("X").string("ä").number(1), LiteralMode.ANY))
        .isEqualTo("t X {2+}\r\nä 1\r\n");
    assertThat(sent(Command.named("X").string("ä"), LiteralMode.SYNCHRONISING))
        .isEqualTo("t X {2}\r\nä\r\n");
  }

  @Test
  void aConfidentialCommandTellsTheLogNothing() {
    Command command = Command.named("LOGIN").confidential().string("u").string("hunter2");
    assertThat(command.toString()).isEqualTo("LOGIN ...");
  }

  private static String sent(Command command, LiteralMode mode) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CommandWriter writer = new CommandWriter(out);
    writer.literalMode(mode);
    writer.send("t", command, () -> true);
    return out.toString(StandardCharsets.UTF_8);
  }
}
