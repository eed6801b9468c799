package org.jmapproxy.mail.capability;

/** The capability of RFC 8621. */
public final class MailCapability {

  /** Its name. */
  public static final String URN = "urn:ietf:params:jmap:mail";

  private MailCapability() {}
}
