package org.jmapproxy.mail.identity;

import java.util.List;
import java.util.Optional;
import org.jmapproxy.mail.header.EmailAddress;

/**
 * A validated update of an Identity; what is absent stays as it is.
 *
 * @param name the new name
 * @param replyTo the new value, or none
 * @param bcc the new value, or none
 * @param textSignature the new signature
 * @param htmlSignature the new signature
 */
public record IdentityUpdate(
    Optional<String> name,
    Optional<Optional<List<EmailAddress>>> replyTo,
    Optional<Optional<List<EmailAddress>>> bcc,
    Optional<String> textSignature,
    Optional<String> htmlSignature) {

  /** The Identity with the new values. */
  public Identity applyTo(Identity before) {
    return new Identity(
        before.id(),
        name.orElse(before.name()),
        before.email(),
        replyTo.orElse(before.replyTo()),
        bcc.orElse(before.bcc()),
        textSignature.orElse(before.textSignature()),
        htmlSignature.orElse(before.htmlSignature()),
        before.mayDelete());
  }
}
