package org.jmapproxy.mail.identity;

import java.util.List;
import java.util.Optional;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.mail.header.EmailAddress;

/**
 * An address that the user may send from (RFC 8621 section 6).
 *
 * @param id never used again after the Identity is gone
 * @param name what clients put before the address in From
 * @param email the address; {@code *@domain} stands for every address of the domain
 * @param replyTo what clients put into Reply-To
 * @param bcc what clients put into Bcc
 * @param textSignature plain text, may be empty
 * @param htmlSignature a snippet of HTML, may be empty
 * @param mayDelete whether the user may destroy it
 */
public record Identity(
    Id id,
    String name,
    String email,
    Optional<List<EmailAddress>> replyTo,
    Optional<List<EmailAddress>> bcc,
    String textSignature,
    String htmlSignature,
    boolean mayDelete) {

  /** Copies the lists. */
  public Identity {
    replyTo = replyTo.map(List::copyOf);
    bcc = bcc.map(List::copyOf);
  }

  /** Whether it may be used to send from an address. */
  public boolean covers(String address) {
    return Senders.matches(email, address);
  }

  /** Whether it stands for a whole domain and so has no address of its own. */
  public boolean isWildcard() {
    return email.startsWith("*@");
  }
}
