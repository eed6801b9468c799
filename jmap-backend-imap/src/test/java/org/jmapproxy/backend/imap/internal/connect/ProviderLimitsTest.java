package org.jmapproxy.backend.imap.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderLimitsTest {

  @ParameterizedTest
  @CsvSource({
    "imap.gmail.com, 4, 4",
    "imap.gmail.com, 20, 8",
    "Outlook.Office365.com, 20, 8",
    "imap.mail.yahoo.com, 4, 3",
    "imap.mail.me.com, 4, 3",
    "imap.mail.me.com, 2, 2",
    "imap.example.org, 20, 20",
    "notgmail.com, 20, 20"
  })
  void noAccountGetsMoreThanItsProviderBears(String host, int configured, int most) {
    assertThat(ProviderLimits.most(host, configured)).isEqualTo(most);
  }
}
