package org.jmapproxy.mail;

import java.util.List;
import org.jmapproxy.mail.testkit.BlobLookupContract;
import org.jmapproxy.mail.testkit.EmailContract;
import org.jmapproxy.mail.testkit.EmailParseContract;
import org.jmapproxy.mail.testkit.EmailQueryContract;
import org.jmapproxy.mail.testkit.EmailSubmissionContract;
import org.jmapproxy.mail.testkit.EmailWriteContract;
import org.jmapproxy.mail.testkit.IdentityContract;
import org.jmapproxy.mail.testkit.MailClient;
import org.jmapproxy.mail.testkit.MailboxContract;
import org.jmapproxy.mail.testkit.MemoryMail;
import org.jmapproxy.mail.testkit.SentMessage;
import org.jmapproxy.mail.testkit.SieveScriptContract;
import org.jmapproxy.mail.testkit.ThreadContract;
import org.jmapproxy.mail.testkit.VacationContract;

/** The mail account in memory keeps the contracts. */
class MemoryMailTest
    implements MailboxContract,
        ThreadContract,
        EmailContract,
        EmailWriteContract,
        EmailQueryContract,
        EmailParseContract,
        BlobLookupContract,
        VacationContract,
        SieveScriptContract,
        IdentityContract,
        EmailSubmissionContract {

  private final MemoryMail mail = new MemoryMail("jane");
  private final MailClient client = new MailClient(mail.account());

  @Override
  public MailClient client() {
    return client;
  }

  @Override
  public List<SentMessage> sent() {
    return mail.sent();
  }
}
