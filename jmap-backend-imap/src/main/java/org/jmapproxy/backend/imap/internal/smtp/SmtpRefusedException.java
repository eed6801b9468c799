package org.jmapproxy.backend.imap.internal.smtp;

/** The server refuses a command. */
public final class SmtpRefusedException extends SmtpException {

  private static final long serialVersionUID = 1L;

  /** When it refused. */
  public enum Stage {
    /** Before it knew us. */
    GREETING,
    /** The user name or password, or every way to present them. */
    LOGIN,
    /** The return address, or what was said about the message. */
    MAIL,
    /** All recipients. */
    RCPT,
    /** To take the message. */
    DATA
  }

  private final Stage stage;
  private final transient SmtpReply reply;

  SmtpRefusedException(Stage stage, SmtpReply reply) {
    super("The mail server says: " + reply.oneLine(), null);
    this.stage = stage;
    this.reply = reply;
  }

  /** A refusal that needs no question: the server refused this secret a while ago. */
  public static SmtpRefusedException knownSecret() {
    return new SmtpRefusedException(
        Stage.LOGIN, SmtpReply.of(535, "5.7.8 The mail server refused this password a while ago"));
  }

  /** When. */
  public Stage stage() {
    return stage;
  }

  /** What it said. */
  public SmtpReply reply() {
    return reply;
  }
}
