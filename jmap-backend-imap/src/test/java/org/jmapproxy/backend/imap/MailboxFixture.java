package org.jmapproxy.backend.imap;

import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jmapproxy.backend.imap.testkit.RealServer;
import org.jmapproxy.backend.imap.testkit.SampleMessages;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.mail.mailbox.Mailbox;
import org.jmapproxy.mail.mailbox.MailboxCreation;
import org.jmapproxy.mail.mailbox.MailboxType;
import org.jmapproxy.mail.mailbox.MailboxUpdate;

/** Mailboxes beside the inbox. */
final class MailboxFixture extends ImapFixture<Mailbox, MailboxCreation, MailboxUpdate> {
  private final Map<Id, String> paths = new HashMap<>();
  private int messages;

  MailboxFixture(RealServer server) {
    super(server);
  }

  @Override
  public DataType<Mailbox, MailboxCreation, MailboxUpdate> type() {
    return MailboxType.TYPE;
  }

  @Override
  public Id seed(int number) {
    String path = "Seed " + number;
    other().mailboxes().create(path);
    sync();
    Id id = view().mailboxId(path);
    paths.put(id, path);
    return id;
  }

  @Override
  public void touch(Id id) {
    byte[] message = SampleMessages.message("Seed", ++messages);
    other()
        .messages()
        .append(
            path(id),
            Set.of(),
            Optional.empty(),
            message.length,
            new ByteArrayInputStream(message));
    sync();
  }

  @Override
  public void remove(Id id) {
    other().mailboxes().delete(path(id));
    sync();
  }

  private String path(Id id) {
    return Optional.ofNullable(paths.get(id)).orElseThrow();
  }

  @Override
  public MailboxCreation creation(int number) {
    return new MailboxCreation("Box " + number, Optional.empty(), Optional.empty(), 0, true);
  }

  @Override
  public MailboxUpdate update(Id id) {
    return new MailboxUpdate(
        id,
        Optional.of("Renamed " + id),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty());
  }
}
