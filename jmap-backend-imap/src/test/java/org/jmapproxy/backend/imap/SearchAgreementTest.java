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
import java.util.function.Consumer;
import org.assertj.core.api.SoftAssertions;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.testkit.AccountView;
import org.jmapproxy.backend.imap.testkit.CyrusServer;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.RealServer;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The replica, which looks into headers, and the server, which looks into bodies, agree. */
class SearchAgreementTest {

  @RegisterExtension static final DovecotServer DOVECOT = DovecotServer.standard();
  @RegisterExtension static final CyrusServer CYRUS = CyrusServer.standard();

  /** An account with a message for each case, and one in which phrases are broken. */
  private record Searched(AccountView view, Map<Integer, Id> ids) {

    List<Id> found(Filter filter) {
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

    boolean finds(Filter filter, int number) {
      return found(filter).contains(id(number));
    }

    Id id(int number) {
      return Optional.ofNullable(ids.get(number)).orElseThrow();
    }
  }

  @Test
  void everyFilterFindsTheSameInEveryScript() {
    search(
        DOVECOT,
        account -> {
          SoftAssertions softly = new SoftAssertions();
          for (int i = 0; i < SearchCases.ALL.size(); i++) {
            SearchCase oneCase = SearchCases.ALL.get(i);
            List<Filter> filters = new ArrayList<>(onHeaders(oneCase.search()));
            filters.addAll(onBodies(oneCase.search()));
            for (Filter filter : filters) {
              softly
                  .assertThat(account.finds(filter, i))
                  .as("%s in %s", filter, oneCase.text())
                  .isEqualTo(oneCase.isFound());
            }
          }
          softly.assertAll();
          assertThatPhrasesMayBeBroken(account);
        });
  }

  /** Cyrus passes over diacritics. */
  @Test
  void aServerThatIsMoreGenerousFindsNoLess() {
    search(
        CYRUS,
        account -> {
          SoftAssertions softly = new SoftAssertions();
          for (int i = 0; i < SearchCases.ALL.size(); i++) {
            SearchCase oneCase = SearchCases.ALL.get(i);
            for (Filter filter : onHeaders(oneCase.search())) {
              softly
                  .assertThat(account.finds(filter, i))
                  .as("%s in %s", filter, oneCase.text())
                  .isEqualTo(oneCase.isFound());
            }
            for (Filter filter : onBodies(oneCase.search())) {
              softly
                  .assertThat(account.finds(filter, i) || !oneCase.isFound())
                  .as("%s in %s", filter, oneCase.text())
                  .isTrue();
            }
          }
          softly.assertAll();
          assertThatPhrasesMayBeBroken(account);
        });
  }

  private static void assertThatPhrasesMayBeBroken(Searched account) {
    Id broken = account.id(SearchCases.ALL.size());
    for (String phrase : List.of("\"quarterly figures\"", "\"the quarterly figures of\"")) {
      assertThat(account.found(is(EmailFilters.BODY, phrase))).containsExactly(broken);
      assertThat(account.found(is(EmailFilters.TEXT, phrase))).containsExactly(broken);
    }
    assertThat(account.found(is(EmailFilters.BODY, "\"figures quarterly\""))).isEmpty();
  }

  private static List<Filter> onHeaders(String search) {
    return List.of(
        is(EmailFilters.SUBJECT, search),
        is(EmailFilters.FROM, search),
        is(EmailFilters.TO, search),
        is(EmailFilters.CC, search),
        is(EmailFilters.BCC, search),
        is(EmailFilters.HEADER, new HeaderFilter("subject", Optional.of(search))));
  }

  private static List<Filter> onBodies(String search) {
    return List.of(is(EmailFilters.BODY, search), is(EmailFilters.TEXT, search));
  }

  private static void search(RealServer server, Consumer<Searched> test) {
    try (ImapConnection imap = server.connect("ann")) {
      for (int i = 0; i < SearchCases.ALL.size(); i++) {
        append(imap, i, SearchCases.ALL.get(i).text());
      }
      append(imap, SearchCases.ALL.size(), "The quarterly\r\nfigures of\r\nspring");
    }
    try (ImapProxy proxy = new ImapProxy();
        OpenAccount account = proxy.open(server, "ann")) {
      account.sync(Duration.ofSeconds(60));
      AccountView view = new AccountView(account, "ann");
      Map<Integer, Id> ids = new HashMap<>();
      view.emails(view.emailIds("INBOX"))
          .forEach(
              email ->
                  email
                      .headers()
                      .flatMap(header -> header.text("X-Case"))
                      .ifPresent(number -> ids.put(Integer.parseInt(number), email.id())));
      test.accept(new Searched(view, ids));
    }
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
