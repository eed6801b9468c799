package org.jmapproxy.mail;

import org.jmapproxy.mail.testkit.BlobLookupContract;
import org.jmapproxy.mail.testkit.EmailContract;
import org.jmapproxy.mail.testkit.EmailParseContract;
import org.jmapproxy.mail.testkit.EmailQueryContract;
import org.jmapproxy.mail.testkit.EmailWriteContract;
import org.jmapproxy.mail.testkit.MailClient;
import org.jmapproxy.mail.testkit.MailboxContract;
import org.jmapproxy.mail.testkit.MemoryMail;
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
        SieveScriptContract {

  private final MailClient client = new MailClient(new MemoryMail("jane").account());

  @Override
  public MailClient client() {
    return client;
  }
}
