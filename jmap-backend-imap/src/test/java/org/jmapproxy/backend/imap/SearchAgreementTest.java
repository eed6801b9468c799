package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.testkit.AccountView;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.query.Filter;
import org.jmapproxy.core.query.FilterProperty;
import org.jmapproxy.core.query.Query;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.EmailFilters;
import org.jmapproxy.mail.email.EmailType;
import org.jmapproxy.mail.email.HeaderFilter;
import org.jmapproxy.mail.testkit.SearchCases;
import org.jmapproxy.mail.testkit.SearchCases.SearchCase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The replica, which looks into headers, and the server, which looks into bodies, agree. */
class SearchAgreementTest {

  @RegisterExtension static final DovecotServer DOVECOT = DovecotServer.standard();

  private static ImapProxy proxy;
  private static OpenAccount account;
  private static AccountView view;
  private static final Map<Integer, Id> IDS = new HashMap<>();

  @BeforeAll
  static void fill() {
    try (ImapConnection imap = DOVECOT.connect("ann")) {
      for (int i = 0; i < SearchCases.ALL.size(); i++) {
        append(imap, i, SearchCases.ALL.get(i).text());
      }
      append(imap, SearchCases.ALL.size(), "The quarterly\r\nfigures of\r\nspring");
    }
    proxy = new ImapProxy();
    account = proxy.open(DOVECOT, "ann");
    account.sync(Duration.ofSeconds(60));
    view = new AccountView(account, "ann");
    view.emails(view.emailIds("INBOX"))
        .forEach(
            email ->
                IDS.put(
                    Integer.parseInt(email.headers().orElseThrow().text("X-Case").orElseThrow()),
                    email.id()));
  }

  @AfterAll
  static void end() {
    if (account != null) {
      account.close();
      proxy.close();
    }
  }

  @Test
  void everyFilterFindsTheSameInEveryScript() {
    SoftAssertions softly = new SoftAssertions();
    for (int i = 0; i < SearchCases.ALL.size(); i++) {
      SearchCase oneCase = SearchCases.ALL.get(i);
      String search = oneCase.search();
      HeaderFilter header = new HeaderFilter("subject", Optional.of(search));
      List<Filter> filters =
          List.of(
              is(EmailFilters.SUBJECT, search),
              is(EmailFilters.FROM, search),
              is(EmailFilters.TO, search),
              is(EmailFilters.CC, search),
              is(EmailFilters.BCC, search),
              is(EmailFilters.HEADER, header),
              is(EmailFilters.BODY, search),
              is(EmailFilters.TEXT, search));
      for (Filter filter : filters) {
        softly
            .assertThat(found(filter).contains(IDS.get(i)))
            .as("%s in %s", filter, oneCase.text())
            .isEqualTo(oneCase.isFound());
      }
    }
    softly.assertAll();
  }

  @Test
  void aPhraseMayGoOnInTheNextLine() {
    Id wrapped = IDS.get(SearchCases.ALL.size());
    for (String phrase : List.of("\"quarterly figures\"", "\"the quarterly figures of\"")) {
      assertThat(found(is(EmailFilters.BODY, phrase))).containsExactly(wrapped);
      assertThat(found(is(EmailFilters.TEXT, phrase))).containsExactly(wrapped);
    }
    assertThat(found(is(EmailFilters.BODY, "\"figures quarterly\""))).isEmpty();
  }

  private static List<Id> found(Filter filter) {
    return view.roles()
        .find(EmailType.TYPE.queryRole())
        .orElseThrow()
        .page(
            view.context(),
            new Query(Optional.of(filter), List.of(), Arguments.none()),
            0,
            1000,
            false)
        .ids();
  }

  private static <V> Filter is(FilterProperty<Email, V> property, V value) {
    return new Filter.Condition<>(property, value);
  }

  private static void append(ImapConnection imap, int number, String text) {
    List<String> lines = new ArrayList<>();
    String encoded =
        "=?utf-8?B?"
            + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
            + "?=";
    for (String field : List.of("Subject", "From", "To", "Cc", "Bcc")) {
      lines.add(field + ": " + encoded + (field.equals("Subject") ? "" : " <a@x.example>"));
    }
    lines.add("X-Case: " + number);
    lines.add("MIME-Version: 1.0");
    lines.add("Content-Type: text/plain; charset=utf-8");
    lines.add("");
    lines.add(text);
    byte[] message = String.join("\r\n", lines).getBytes(StandardCharsets.UTF_8);
    imap.messages()
        .append(
            "INBOX", Set.of(), Optional.empty(), message.length, new ByteArrayInputStream(message));
  }
}
