package org.jmapproxy.mail.email;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.BlobLookupRole;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.core.spi.ReadRole;

/**
 * Finds the Emails, Threads and Mailboxes that hold the blob of a message or of one of its parts,
 * however deep (RFC 9404 section 4.3). Thread-safe when its roles are.
 */
public final class EmailBlobLookup implements BlobLookupRole {

  private static final Map<String, Function<Email, Collection<Id>>> REFERRING =
      Map.of(
          "Email", email -> List.of(email.id()),
          "Thread", email -> List.of(email.threadId()),
          "Mailbox", Email::mailboxIds);

  private final BlobRole blobs;
  private final ReadRole<Email> emails;
  private final Function<Id, Optional<Id>> emailOfMessage;

  /**
   * A lookup.
   *
   * @param blobs tells whether a part exists
   * @param emails reads the Emails found
   * @param emailOfMessage the Email whose raw message has a blob id
   */
  public EmailBlobLookup(
      BlobRole blobs, ReadRole<Email> emails, Function<Id, Optional<Id>> emailOfMessage) {
    this.blobs = blobs;
    this.emails = emails;
    this.emailOfMessage = emailOfMessage;
  }

  @Override
  public Set<String> typeNames() {
    return REFERRING.keySet();
  }

  @Override
  public Map<Id, List<Id>> referring(CallContext context, String typeName, List<Id> blobIds) {
    Function<Email, Collection<Id>> holders = Objects.requireNonNull(REFERRING.get(typeName));
    Map<Id, Id> emailIds = new LinkedHashMap<>();
    for (Id blobId : blobIds) {
      emailOfMessage
          .apply(message(blobId))
          .filter(emailId -> blobs.find(context, blobId).isPresent())
          .ifPresent(emailId -> emailIds.put(blobId, emailId));
    }
    Map<Id, Email> found = read(context, emailIds.values());
    Map<Id, List<Id>> referring = new LinkedHashMap<>();
    emailIds.forEach(
        (blobId, emailId) -> {
          Email email = found.get(emailId);
          if (email != null) {
            referring.put(blobId, holders.apply(email).stream().sorted().toList());
          }
        });
    return referring;
  }

  private Map<Id, Email> read(CallContext context, Collection<Id> emailIds) {
    ReadRequest request =
        ReadRequest.of(
            emailIds.stream().distinct().toList(), Set.of("id", "threadId", "mailboxIds"));
    return emails.read(context, request).stream()
        .collect(Collectors.toMap(Email::id, Function.identity()));
  }

  private static Id message(Id blobId) {
    Id message = blobId;
    for (Optional<PartBlobId> part = PartBlobId.parse(message);
        part.isPresent();
        part = PartBlobId.parse(message)) {
      message = part.get().messageBlobId();
    }
    return message;
  }
}
