package org.jmapproxy.backend.imap;

import org.jmapproxy.backend.imap.testkit.CyrusServer;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.core.testkit.AllContracts;
import org.jmapproxy.core.testkit.TypeFixture;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.EmailUpdate;
import org.jmapproxy.mail.email.NewEmail;
import org.jmapproxy.mail.mailbox.Mailbox;
import org.jmapproxy.mail.mailbox.MailboxCreation;
import org.jmapproxy.mail.mailbox.MailboxUpdate;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An IMAP account keeps the contracts that every account keeps, on servers that differ. */
class CoreContractsTest {
  @RegisterExtension static final DovecotServer DOVECOT = DovecotServer.standard();
  @RegisterExtension static final CyrusServer CYRUS = CyrusServer.standard();

  @Nested
  class EmailsOnDovecot implements AllContracts<Email, NewEmail, EmailUpdate> {
    private final EmailFixture fixture = new EmailFixture(DOVECOT);

    @Override
    public TypeFixture<Email, NewEmail, EmailUpdate> fixture() {
      return fixture;
    }
  }

  @Nested
  class EmailsOnCyrus implements AllContracts<Email, NewEmail, EmailUpdate> {
    private final EmailFixture fixture = new EmailFixture(CYRUS);

    @Override
    public TypeFixture<Email, NewEmail, EmailUpdate> fixture() {
      return fixture;
    }
  }

  @Nested
  class MailboxesOnDovecot implements AllContracts<Mailbox, MailboxCreation, MailboxUpdate> {
    private final MailboxFixture fixture = new MailboxFixture(DOVECOT);

    @Override
    public TypeFixture<Mailbox, MailboxCreation, MailboxUpdate> fixture() {
      return fixture;
    }
  }

  @Nested
  class MailboxesOnCyrus implements AllContracts<Mailbox, MailboxCreation, MailboxUpdate> {
    private final MailboxFixture fixture = new MailboxFixture(CYRUS);

    @Override
    public TypeFixture<Mailbox, MailboxCreation, MailboxUpdate> fixture() {
      return fixture;
    }
  }
}
