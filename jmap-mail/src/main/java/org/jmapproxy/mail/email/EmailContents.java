package org.jmapproxy.mail.email;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Role;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.type.RenderContext;

/** The messages of the Emails of one call, each opened once. For one thread. */
public final class EmailContents {

  static final Role<EmailContents> ROLE = Role.of("Email/contents", EmailContents.class);

  private final CallContext call;
  private final Optional<BlobRole> blobs;
  private final Map<Id, EmailContent> byEmail;

  private EmailContents(CallContext call, Optional<BlobRole> blobs, Map<Id, EmailContent> byEmail) {
    this.call = call;
    this.blobs = blobs;
    this.byEmail = new HashMap<>(byEmail);
  }

  /**
   * Makes messages ready together, if the account can do that.
   *
   * @param roles the account's abilities: {@link ContentRole}, else {@link BlobRole}
   * @param requests what will be read; those that ask for nothing are passed over
   */
  public static EmailContents prepare(
      CallContext call, Roles roles, List<ContentRequest> requests) {
    List<ContentRequest> wanted = requests.stream().filter(request -> !request.isEmpty()).toList();
    Map<Id, EmailContent> prepared =
        wanted.isEmpty()
            ? Map.of()
            : roles.find(ContentRole.ROLE).map(role -> role.prepare(call, wanted)).orElse(Map.of());
    return new EmailContents(call, roles.find(BlobRole.ROLE), prepared);
  }

  /** One message that is there already. */
  static EmailContents holding(CallContext call, Id emailId, EmailContent content) {
    return new EmailContents(call, Optional.empty(), Map.of(emailId, content));
  }

  /** What a renderer reads of an Email. */
  static EmailContent of(Email email, RenderContext context) {
    return context
        .roles()
        .find(ROLE)
        .orElseGet(() -> prepare(context.call(), context.roles(), List.of()))
        .of(email);
  }

  /** The message of an Email, also of one that nothing was requested of. */
  public EmailContent of(Email email) {
    return byEmail.computeIfAbsent(email.id(), id -> new BlobContent(email, call, blobs));
  }

  /**
   * Why nothing that was requested can be read; empty if something can, or if nothing was.
   *
   * @param requests what was requested
   */
  Optional<BackendException> failure(List<ContentRequest> requests) {
    List<ContentRequest> reading = requests.stream().filter(ContentRequest::readsContent).toList();
    List<BackendException> failures =
        reading.stream().flatMap(request -> of(request.email()).missing().stream()).toList();
    return failures.isEmpty() || failures.size() < reading.size()
        ? Optional.empty()
        : Optional.of(failures.get(0));
  }
}
