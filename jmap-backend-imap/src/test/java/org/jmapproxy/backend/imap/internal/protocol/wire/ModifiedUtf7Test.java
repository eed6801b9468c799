package org.jmapproxy.backend.imap.internal.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModifiedUtf7Test {

  @ParameterizedTest
  @CsvSource({
    "INBOX, INBOX",
    "Entwürfe, Entw&APw-rfe",
    "R&D, R&-D",
    "~peter/mail/台北/日本語, '~peter/mail/&U,BTFw-/&ZeVnLIqe-'",
    "😀, &2D3eAA-",
    "a&b&c, a&-b&-c"
  })
  void namesGoOutAndComeBack(String name, String wire) {
    assertThat(ModifiedUtf7.encode(name)).isEqualTo(wire);
    assertThat(ModifiedUtf7.decode(wire)).hasValue(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a&", "&AP", "&A-", "&AP/8-", "&!!!-", "&2D0-"})
  void whatIsNotValidIsRefused(String wire) {
    assertThat(ModifiedUtf7.decode(wire)).isEmpty();
  }

  @Test
  void controlCharactersAreShiftedToo() {
    assertThat(ModifiedUtf7.decode(ModifiedUtf7.encode("a\tb"))).hasValue("a\tb");
  }
}
