package org.jmapproxy.contacts.vcard;

/** A text that is no vCard at all, or is larger than allowed. */
public final class InvalidVCardException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With a sentence that says what is wrong; it quotes nothing of the text. */
  public InvalidVCardException(String problem) {
    super(problem);
  }
}
