package org.jmapproxy.backend.imap.internal.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImapDatesTest {

  @ParameterizedTest
  @CsvSource({
    "17-Jul-1996 02:44:25 -0700, 1996-07-17T09:44:25Z",
    "' 7-jul-1996 02:44:25 +0530', 1996-07-06T21:14:25Z",
    "01-Jan-2024 00:00:00 +0000, 2024-01-01T00:00:00Z",
    "31-Dec-2016 23:59:60 +0000, 2016-12-31T23:59:59Z",
    "01-Jan-1970 00:00:00, 1970-01-01T00:00:00Z"
  })
  void internalDatesAreRead(String text, Instant instant) {
    assertThat(ImapDates.parse(text)).hasValue(instant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "yesterday", "32-Jan-2024 00:00:00 +0000", "01-Foo-2024 00:00:00 +0000"})
  void whatIsNoDateIsAbsent(String text) {
    assertThat(ImapDates.parse(text)).isEmpty();
  }

  @Test
  void whatIsWrittenIsReadBack() {
    Instant instant = Instant.parse("2024-02-09T23:59:01Z");
    assertThat(ImapDates.dateTime(instant)).isEqualTo("09-Feb-2024 23:59:01 +0000");
    assertThat(ImapDates.parse(ImapDates.dateTime(instant))).hasValue(instant);
    assertThat(ImapDates.date(LocalDate.of(2024, 2, 9))).isEqualTo("9-Feb-2024");
  }
}
