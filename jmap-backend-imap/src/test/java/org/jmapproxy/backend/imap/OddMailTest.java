package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.testkit.AccountView;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.mime.BodyPart;
import org.jmapproxy.mail.mime.MessageBody;
import org.jmapproxy.mail.mime.parse.MessageParser;
import org.jmapproxy.mail.testkit.OddMessages;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Malformed messages that a server describes look as if our own parser had read them. */
class OddMailTest {

  /** IMAP carries no NUL; of the last the server does not believe the charset. */
  private static final Set<String> OTHERWISE = Set.of("nul", "comments-and-unclosed-quote");

  @RegisterExtension static final DovecotServer DOVECOT = DovecotServer.standard();

  private static final Map<String, Email> EMAILS = new HashMap<>();
  private static ImapProxy proxy;
  private static OpenAccount account;

  @BeforeAll
  static void fill() {
    List<String> names =
        OddMessages.names().stream().filter(name -> !OTHERWISE.contains(name)).toList();
    try (ImapConnection imap = DOVECOT.connect("ann")) {
      for (String name : names) {
        imap.mailboxes().create(name);
        byte[] message = OddMessages.message(name);
        imap.messages()
            .append(
                name,
                Set.of(),
                Optional.empty(),
                message.length,
                new ByteArrayInputStream(message));
      }
    }
    proxy = new ImapProxy();
    account = proxy.open(DOVECOT, "ann");
    account.sync(Duration.ofSeconds(60));
    AccountView view = new AccountView(account, "ann");
    for (String name : names) {
      EMAILS.put(name, view.email(view.emailIds(name).get(0)));
    }
  }

  @AfterAll
  static void end() {
    if (account != null) {
      account.close();
      proxy.close();
    }
  }

  @Test
  void partsAreWhatOurParserTakesThemFor() {
    SoftAssertions all = new SoftAssertions();
    EMAILS.forEach(
        (name, email) ->
            all.assertThat(described(email.bodyStructure().orElseThrow()))
                .as(name)
                .isEqualTo(
                    described(
                        MessageParser.standard()
                            .parse(new ByteArrayInputStream(OddMessages.message(name)))
                            .structure())));
    all.assertAll();
  }

  @Test
  void textOfAMalformedTypeIsShown() {
    for (String name :
        List.of(
            "type-without-semicolon",
            "type-without-subtype",
            "empty-content-type",
            "parameter-without-type",
            "comma-for-semicolon")) {
      Email email = email(name);
      MessageBody body = MessageBody.of(email.bodyStructure().orElseThrow());
      assertThat(body.textBody()).as(name).extracting(BodyPart::type).containsExactly("text/plain");
      assertThat(email.hasAttachment()).as(name).isFalse();
      assertThat(email.preview()).as(name).contains("foo");
    }
  }

  @Test
  void eightBitTextWithoutCharsetHasAPreview() {
    assertThat(email("8-bit-headers").preview()).isEqualTo("äöü");
  }

  private static Email email(String name) {
    return Optional.ofNullable(EMAILS.get(name)).orElseThrow();
  }

  private static List<String> described(BodyPart root) {
    List<String> parts = new ArrayList<>();
    describe(root, parts);
    assertThat(new HashSet<>(parts)).hasSameSizeAs(parts);
    return parts;
  }

  private static void describe(BodyPart part, List<String> parts) {
    parts.add(
        Stream.of(
                part.partId(),
                part.type(),
                part.charset(),
                part.name(),
                part.disposition(),
                part.cid(),
                part.language(),
                part.location(),
                parts.size())
            .map(Object::toString)
            .toList()
            .toString());
    part.subParts().forEach(child -> describe(child, parts));
  }
}
