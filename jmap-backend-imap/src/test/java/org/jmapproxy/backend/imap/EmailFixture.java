package org.jmapproxy.backend.imap;

import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.protocol.StoreMode;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.testkit.RealServer;
import org.jmapproxy.backend.imap.testkit.SampleMessages;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.query.Filter;
import org.jmapproxy.core.query.Query;
import org.jmapproxy.core.query.SortBy;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.EmailFilters;
import org.jmapproxy.mail.email.EmailSorts;
import org.jmapproxy.mail.email.EmailType;
import org.jmapproxy.mail.email.EmailUpdate;
import org.jmapproxy.mail.email.NewEmail;
import org.jmapproxy.mail.email.SetChange;
import org.jmapproxy.mail.testkit.MemoryBlob;

/** Emails in the inbox. */
final class EmailFixture extends ImapFixture<Email, NewEmail, EmailUpdate> {
  private static final String INBOX = "INBOX";

  private final Map<Id, UidSet> uids = new HashMap<>();

  EmailFixture(RealServer server) {
    super(server);
    other().select(INBOX);
  }

  @Override
  public DataType<Email, NewEmail, EmailUpdate> type() {
    return EmailType.TYPE;
  }

  @Override
  public Id seed(int number) {
    byte[] message = SampleMessages.message(INBOX, number);
    List<Id> before = view().emailIds(INBOX);
    long uid =
        other()
            .messages()
            .append(
                INBOX,
                Set.of(),
                Optional.of(SampleMessages.receivedAt(number)),
                message.length,
                new ByteArrayInputStream(message))
            .orElseThrow()
            .uid();
    sync();
    Id id = onlyNew(before, view().emailIds(INBOX));
    uids.put(id, UidSet.of(uid));
    return id;
  }

  @Override
  public void touch(Id id) {
    other().messages().store(uid(id), StoreMode.ADD, Set.of("\\Flagged"));
    sync();
  }

  @Override
  public void remove(Id id) {
    other().messages().store(uid(id), StoreMode.ADD, Set.of("\\Deleted"));
    other().messages().expunge(uid(id));
    sync();
  }

  private UidSet uid(Id id) {
    return uids.getOrDefault(id, UidSet.EMPTY);
  }

  @Override
  public NewEmail creation(int number) {
    byte[] message = SampleMessages.message(INBOX, number);
    return new NewEmail(
        new MemoryBlob("message/rfc822", message),
        Set.of(view().mailboxId(INBOX)),
        Set.of(),
        Optional.of(SampleMessages.receivedAt(number)));
  }

  @Override
  public EmailUpdate update(Id id) {
    return new EmailUpdate(id, SetChange.patch(Set.of("$flagged"), Set.of()), SetChange.none());
  }

  @Override
  public List<Query> queries() {
    SortBy oldestFirst = SortBy.of(EmailSorts.RECEIVED_AT, true);
    return List.of(
        new Query(
            Optional.of(new Filter.Condition<>(EmailFilters.IN_MAILBOX, view().mailboxId(INBOX))),
            List.of(oldestFirst),
            Arguments.none()));
  }
}
