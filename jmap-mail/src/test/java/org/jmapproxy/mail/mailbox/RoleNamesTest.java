package org.jmapproxy.mail.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoleNamesTest {

  @ParameterizedTest
  @CsvSource({
    "\\Inbox, inbox",
    "\\All, all",
    "\\SENT, sent",
    "\\Spam, junk",
    "\\Junk, junk",
    "\\Important, important",
    "\\Flagged, flagged",
  })
  void attributesGiveRoles(String attribute, String role) {
    assertThat(RoleNames.ofAttribute(attribute)).contains(role);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\Marked", "\\HasChildren", "\\NoSelect", "Sent", ""})
  void otherAttributesGiveNone(String attribute) {
    assertThat(RoleNames.ofAttribute(attribute)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "inbox, inbox",
    "INBOX, inbox",
    "Drafts, drafts",
    "Draft Messages, drafts",
    "sent items, sent",
    "Sent Messages, sent",
    "Deleted Messages, trash",
    "Spam, junk",
    "Bulk Mail, junk",
    "Junk E-mail, junk",
    "Archives, archive",
    "Entwürfe, drafts",
    "Gesendete Elemente, sent",
    "Papierkorb, trash",
    "Corbeille, trash",
    "Корзина, trash",
    "垃圾邮件, junk",
    "送信済み, sent",
  })
  void wellKnownNamesSuggestRoles(String name, String role) {
    assertThat(RoleNames.ofFolderName(name)).contains(role);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Work", "Inbox2", "Archive 2020", "Sent to Bob"})
  void otherNamesSuggestNone(String name) {
    assertThat(RoleNames.ofFolderName(name)).isEmpty();
  }
}
