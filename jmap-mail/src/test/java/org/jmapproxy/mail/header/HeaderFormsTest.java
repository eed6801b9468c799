package org.jmapproxy.mail.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderFormsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Fri, 21 Nov 1997 09:55:06 -0600             | 1997-11-21T09:55:06-06:00
          Thu, 13 Feb 1969 23:32 -0330 (Newfoundland Time) | 1969-02-13T23:32:00-03:30
          21 Nov 97 09:55:06 GMT                      | 1997-11-21T09:55:06Z
          Fri, 21 Nov 1997 09(comment):   55  :  06 -0600 | 1997-11-21T09:55:06-06:00
          1 Jan 06 15:04 EST                          | 2006-01-01T15:04:00-05:00
          Mon, 2 Jan 2006 15:04:05 -0000              | 2006-01-02T15:04:05Z
          Mon, 2 Jan 2006 15:04:05                    | 2006-01-02T15:04:05Z
          Mon, 2 Jan 2006 15:04:05 K                  | 2006-01-02T15:04:05Z
          Mon Jan  2 15:04:05 2006                    | 2006-01-02T15:04:05Z
          Mon Jan  2 15:04:05 PST 2006                | 2006-01-02T15:04:05-08:00
          Mon Jan  2 15:04:05 2006 +0100              | 2006-01-02T15:04:05+01:00
          2006-01-02T15:04:05Z                        | 2006-01-02T15:04:05Z
          2006-01-02 15:04:05 +02:00                  | 2006-01-02T15:04:05+02:00
          2006-01-02T15:04:05.123+01:00               | 2006-01-02T15:04:05+01:00
          Monday, 02-Jan-06 15:04:05 GMT              | 2006-01-02T15:04:05Z
          Mon, 2 Jan 2006 15:04:05 GMT+0100           | 2006-01-02T15:04:05+01:00
          Mon, 2 Jan 2006 15:04:05 +0100 (CET)        | 2006-01-02T15:04:05+01:00
          Mon, 2 Jan 2006 15:04:05+0100               | 2006-01-02T15:04:05+01:00
          Mon, 2 January 2006 3:04:05 PM +0000        | 2006-01-02T15:04:05Z
          Mon, 2 Jan 106 15:04:05 +0000               | 2006-01-02T15:04:05Z
          Sat, 31 Dec 2016 23:59:60 +0000             | 2016-12-31T23:59:59Z
          Mon, 2 Jan 2006 15:04:05 +9999              | 2006-01-02T15:04:05Z
          `Mon, 2 Jan 2006 15:04:05 "GMT"`            | 2006-01-02T15:04:05Z
          """)
  void readsDates(String raw, OffsetDateTime date) {
    assertThat(DateForm.of(raw)).contains(date);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "Mon",
        "Mon, 31 Feb 2006 15:04:05 +0000",
        "Mon, 2 Jan 2006",
        "Mon, 2 Jan 2006 25:04:05 +0000",
        "99999999999 Jan 99999999999 1:2",
        "2006-13-45T00:00:00Z",
        "(((",
        "----",
        "1-2-3 Jan :",
        "+",
        "0 Jan 0 0:0"
      })
  void whatIsNoDateIsAbsent(String raw) {
    assertThat(DateForm.of(raw)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          <a@b>                                       | a@b
          (x) <a@b>(y)<c@d> ,<e>                      | a@b c@d e
          Your message of "Tue <x@y>" <a@b>           | a@b
          <very.long@                host>            | very.long@host
          <<a@b>                                      | a@b
          <a@b> <trunca                               | a@b
          (<no@no>) <a@b>                             | a@b
          """)
  void readsMessageIds(String raw, String ids) {
    assertThat(MessageIdsForm.of(raw).map(list -> String.join(" ", list))).contains(ids);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a@b", "<>", "<", ">", "< >", "(<a@b>)", "<a@b"})
  void whatIsNoMessageIdIsAbsent(String raw) {
    assertThat(MessageIdsForm.of(raw)).isEmpty();
  }

  @Test
  void readsUrlsInOrder() {
    assertThat(
            UrlsForm.of(
                " <ftp://ftp.host.com/list.txt> (FTP),\r\n <mailto:list@host.com?subject=(help)>"))
        .contains(List.of("ftp://ftp.host.com/list.txt", "mailto:list@host.com?subject=(help)"));
    assertThat(UrlsForm.of("NO (posting not allowed on this list)")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "header:Subject, Subject, RAW, false",
    "header:subject:asText, subject, TEXT, false",
    "header:Resent-To:asAddresses:all, Resent-To, ADDRESSES, true",
    "header:X-Any:asGroupedAddresses, X-Any, GROUPED_ADDRESSES, false",
    "header:List-Id:asText, List-Id, TEXT, false",
    "header:List-POST:asURLs, List-POST, URLS, false",
    "header:Received:all, Received, RAW, true",
    "header:Received:asRaw:all, Received, RAW, true",
    "header:all, all, RAW, false",
    "header:asText, asText, RAW, false",
    "header:X-When:asDate, X-When, DATE, false",
  })
  void readsPropertyNames(String property, String name, HeaderForm form, boolean all) {
    assertThat(HeaderProperty.parse(property))
        .contains(new HeaderProperty(property, name, form, all));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "headers",
        "header:",
        "header::asText",
        "header:From:asDate",
        "header:From:asText",
        "header:Received:asText",
        "header:Return-Path:asAddresses",
        "header:Subject:asAddresses",
        "header:Date:asMessageIds",
        "header:To:asURLs",
        "header:Subject:all:asText",
        "header:Subject:astext",
        "header:Subject:asText:ALL",
        "header:Subject:asText:all:all",
        "header:Subject:",
        "header:Sub ject",
        "header:Sübject"
      })
  void refusesMalformedPropertyNamesAndForbiddenForms(String property) {
    assertThat(HeaderProperty.parse(property)).isEmpty();
  }

  @Test
  void aPropertyReadsTheLastOrAllInstances() {
    HeaderBlock header =
        HeaderBlock.of(
            "X-Date: 1 Jan 2020 1:00 +0000\nX-Date: ?\n".getBytes(StandardCharsets.US_ASCII));
    HeaderProperty all = HeaderProperty.parse("header:x-date:asDate:all").orElseThrow();
    OffsetDateTime date = OffsetDateTime.parse("2020-01-01T01:00:00Z");
    assertThat(all.readAll(header))
        .containsExactly(Optional.of(new HeaderValue.Date(date)), Optional.empty());
    assertThat(all.readLast(header)).isEmpty();
  }
}
