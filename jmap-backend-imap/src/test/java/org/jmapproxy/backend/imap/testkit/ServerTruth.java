package org.jmapproxy.backend.imap.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.internal.protocol.ListedMailbox;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchRequest;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchedMessage;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.header.HeaderBlock;
import org.jmapproxy.mail.mailbox.Mailbox;

/**
 * What the server itself says is in an account, to be compared with what the account's view shows:
 * Mailboxes by their last name, in each the Message-IDs with size and keywords.
 */
public final class ServerTruth {
  private static final Map<String, String> SYSTEM_FLAGS =
      Map.of(
          "\\seen", "$seen",
          "\\answered", "$answered",
          "\\flagged", "$flagged",
          "\\draft", "$draft");

  private ServerTruth() {}

  /** Fails where the view is not what the server has. */
  public static void assertShown(AccountView view, ImapConnection server) {
    assertThat(shown(view)).isEqualTo(of(server));
    for (Mailbox mailbox : view.mailboxes()) {
      assertThat(mailbox.totalEmails())
          .as("totalEmails of %s", mailbox.name())
          .isEqualTo(view.emailIdsIn(mailbox.id()).size());
    }
  }

  /** What is on the server. */
  public static Map<String, List<String>> of(ImapConnection server) {
    Map<String, List<String>> truth = new TreeMap<>();
    for (ListedMailbox mailbox : server.mailboxes().list()) {
      if (mailbox.isSelectable()) {
        List<String> messages = new ArrayList<>();
        if (server.select(mailbox.name()).exists() > 0) {
          server
              .messages()
              .fetch(
                  UidSet.from(1),
                  FetchRequest.builder().flags().size().header().build(),
                  message -> describe(message).ifPresent(messages::add));
        }
        messages.sort(String::compareTo);
        truth.put(lastName(mailbox), messages);
      }
    }
    return truth;
  }

  private static String lastName(ListedMailbox mailbox) {
    int at = mailbox.separator().map(mailbox.name()::lastIndexOf).orElse(-1);
    return mailbox.name().substring(at + 1);
  }

  private static Optional<String> describe(FetchedMessage message) {
    Set<String> keywords = new TreeSet<>();
    for (String flag : message.flags().orElse(Set.of())) {
      String lower = flag.toLowerCase(Locale.ROOT);
      if (lower.equals("\\deleted")) {
        return Optional.empty();
      }
      keywords.add(SYSTEM_FLAGS.getOrDefault(lower, lower));
    }
    String header = new String(message.header().orElse(new byte[0]), StandardCharsets.ISO_8859_1);
    return Optional.of(line(messageId(header), message.size().orElse(-1), keywords));
  }

  /** What the account shows. */
  public static Map<String, List<String>> shown(AccountView view) {
    Map<String, List<String>> shown = new TreeMap<>();
    for (Mailbox mailbox : view.mailboxes()) {
      if (mailbox.myRights().mayReadItems()) {
        List<String> messages = new ArrayList<>();
        List<Id> ids = view.emailIdsIn(mailbox.id());
        for (Email email : view.emails(ids)) {
          String id =
              email
                  .headers()
                  .flatMap(headers -> headers.messageIds("Message-ID"))
                  .flatMap(found -> found.stream().findFirst())
                  .orElse("");
          messages.add(line(id, email.size(), new TreeSet<>(email.keywords())));
        }
        messages.sort(String::compareTo);
        shown.put(mailbox.role().equals(Optional.of("inbox")) ? "INBOX" : mailbox.name(), messages);
      }
    }
    return shown;
  }

  private static String messageId(String header) {
    return HeaderBlock.of(header.getBytes(StandardCharsets.ISO_8859_1))
        .messageIds("Message-ID")
        .flatMap(ids -> ids.stream().findFirst())
        .orElse("");
  }

  private static String line(String messageId, long size, Set<String> keywords) {
    return messageId + " " + size + " " + keywords;
  }
}
