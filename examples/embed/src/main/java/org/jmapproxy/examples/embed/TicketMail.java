package org.jmapproxy.examples.embed;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.EmailType;
import org.jmapproxy.mail.header.HeaderBlock;
import org.jmapproxy.mail.mailbox.Mailbox;
import org.jmapproxy.mail.mailbox.MailboxRights;
import org.jmapproxy.mail.mailbox.MailboxType;
import org.jmapproxy.mail.mime.BodyPart;

/** Shows tickets as mail: open ones in an inbox, closed ones in an archive. */
final class TicketMail {

  private static final Id OPEN = Id.of("open");
  private static final Id CLOSED = Id.of("closed");
  private static final MailboxRights READ_ONLY =
      new MailboxRights(true, false, false, false, false, false, false, false, false);

  private final Supplier<List<Ticket>> tickets;

  TicketMail(Supplier<List<Ticket>> tickets) {
    this.tickets = tickets;
  }

  /** The account: two read roles are all it takes. */
  Account account() {
    Roles roles =
        Roles.builder()
            .with(MailboxType.TYPE.readRole(), (context, request) -> mailboxes(request))
            .with(EmailType.TYPE.readRole(), (context, request) -> emails(request))
            .build();
    return Account.of(Id.of("helpdesk"), "Help desk", roles);
  }

  private List<Mailbox> mailboxes(ReadRequest request) {
    List<Mailbox> all =
        List.of(mailbox(OPEN, "Open", "inbox"), mailbox(CLOSED, "Closed", "archive"));
    return all.stream().filter(mailbox -> wanted(request).test(mailbox.id())).toList();
  }

  private Mailbox mailbox(Id id, String name, String role) {
    long total = tickets.get().stream().filter(ticket -> mailboxOf(ticket).equals(id)).count();
    long unread = id.equals(OPEN) ? total : 0;
    return new Mailbox(
        id,
        name,
        Optional.empty(),
        Optional.of(role),
        0,
        total,
        unread,
        total,
        unread,
        READ_ONLY,
        true);
  }

  private List<Email> emails(ReadRequest request) {
    return tickets.get().stream()
        .map(TicketMail::email)
        .filter(email -> wanted(request).test(email.id()))
        .toList();
  }

  private static Email email(Ticket ticket) {
    Id id = Id.of("ticket-" + ticket.number());
    String headers =
        "From: "
            + ticket.customer()
            + "\r\nSubject: #"
            + ticket.number()
            + " "
            + ticket.title()
            + "\r\n";
    return new Email(
        id,
        Id.of("text-" + ticket.number()),
        id,
        Set.of(mailboxOf(ticket)),
        ticket.closed() ? Set.of("$seen") : Set.of(),
        ticket.text().length(),
        ticket.opened(),
        false,
        ticket.text(),
        Optional.of(HeaderBlock.of(headers.getBytes(StandardCharsets.UTF_8))),
        Optional.of(BodyPart.builder("text/plain").partId("1").build()));
  }

  private static Id mailboxOf(Ticket ticket) {
    return ticket.closed() ? CLOSED : OPEN;
  }

  private static Predicate<Id> wanted(ReadRequest request) {
    return id -> request.ids().map(ids -> ids.contains(id)).orElse(true);
  }
}
