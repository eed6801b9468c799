package org.jmapproxy.examples.demo;

import com.icegreen.greenmail.imap.AuthorizationException;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** An IMAP and SMTP server inside this process, with the sample mailbox in it. */
final class MailServer implements AutoCloseable {

  static final String EMAIL = "anna@example.org";
  static final String PASSWORD = "secret";

  private static final List<String> FOLDERS = List.of("Drafts", "Sent", "Archive", "Trash");

  private final GreenMail greenMail =
      new GreenMail(
          new ServerSetup[] {
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP),
            new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP)
          });

  /** Starts on ports that the system chooses, and fills the mailbox. */
  static MailServer start(Instant now) {
    MailServer server = new MailServer();
    server.greenMail.start();
    server.fill(now);
    return server;
  }

  int imapPort() {
    return greenMail.getImap().getPort();
  }

  int smtpPort() {
    return greenMail.getSmtp().getPort();
  }

  private void fill(Instant now) {
    GreenMailUser user = greenMail.setUser(EMAIL, EMAIL, PASSWORD);
    var folders = greenMail.getManagers().getImapHostManager();
    try {
      for (String name : FOLDERS) {
        folders.createMailbox(user, name);
      }
      for (SampleMail mail : SampleMail.mailbox()) {
        MailFolder folder =
            mail.folder().equals("INBOX")
                ? folders.getInbox(user)
                : folders.getFolder(user, mail.folder());
        folder.appendMessage(
            mail.toMessage(now), mail.imapFlags(), Date.from(now.minus(mail.age())));
      }
    } catch (AuthorizationException | FolderException e) {
      throw new IllegalStateException("the sample mailbox cannot be filled", e);
    }
  }

  @Override
  public void close() {
    greenMail.stop();
  }
}
