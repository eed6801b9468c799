package org.jmapproxy.mail.identity;

import java.util.List;
import java.util.Optional;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.mail.header.EmailAddress;

/**
 * A validated creation of an Identity; the user may send from its address.
 *
 * @param name may be empty
 * @param email an address, or {@code *@domain}
 * @param replyTo what clients put into Reply-To
 * @param bcc what clients put into Bcc
 * @param textSignature may be empty
 * @param htmlSignature may be empty
 */
public record NewIdentity(
    String name,
    String email,
    Optional<List<EmailAddress>> replyTo,
    Optional<List<EmailAddress>> bcc,
    String textSignature,
    String htmlSignature) {

  /** Copies the lists. */
  public NewIdentity {
    replyTo = replyTo.map(List::copyOf);
    bcc = bcc.map(List::copyOf);
  }

  /** The Identity that comes of it. */
  public Identity as(Id id) {
    return new Identity(id, name, email, replyTo, bcc, textSignature, htmlSignature, true);
  }
}
