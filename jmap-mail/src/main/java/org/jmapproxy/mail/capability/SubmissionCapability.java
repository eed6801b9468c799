package org.jmapproxy.mail.capability;

/** The capability of sending (RFC 8621 section 1.3.2). */
public final class SubmissionCapability {

  /** Its name. */
  public static final String URN = "urn:ietf:params:jmap:submission";

  private SubmissionCapability() {}
}
