package org.jmapproxy.mail.mdn;

import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.method.MethodContext;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.EmailType;
import org.jmapproxy.mail.header.EmailAddress;
import org.jmapproxy.mail.mailbox.MailboxType;
import org.jmapproxy.mail.submission.Envelope;
import org.jmapproxy.mail.submission.EnvelopeAddress;
import org.jmapproxy.mail.submission.NewSubmission;
import org.jmapproxy.mail.submission.OutgoingMessage;
import org.jmapproxy.mail.submission.SubmissionTerms;
import tools.jackson.databind.node.ObjectNode;

/** The notifications of one call: what can be refused without a server is refused here. */
final class MdnDrafts {

  private final MethodContext context;
  private final CallContext call;
  private final Id accountId;
  private final MdnAuthor author;
  private final AnsweredEmails.Claims claims;
  private final SubmissionTerms terms;
  private final Map<String, ObjectNode> given = new LinkedHashMap<>();
  private final Map<String, Mdn> mdns = new LinkedHashMap<>();
  private final Map<String, NewSubmission> submissions = new LinkedHashMap<>();
  private final Map<String, SetError> refused = new LinkedHashMap<>();

  MdnDrafts(MethodContext context, Id accountId, MdnAuthor author, AnsweredEmails.Claims claims) {
    this.context = context;
    this.call = context.callContext(accountId);
    this.accountId = accountId;
    this.author = author;
    this.claims = claims;
    this.terms = SubmissionTerms.of(context.account(accountId).roles());
  }

  void add(String creationId, ObjectNode sent) {
    given.put(creationId, sent);
    try {
      draft(creationId, GivenMdn.decode(sent, context.creationIds()));
    } catch (RefusedMdnException e) {
      refused.put(creationId, e.error());
    }
  }

  Map<String, NewSubmission> submissions() {
    return submissions;
  }

  Map<String, SetError> refused() {
    return refused;
  }

  /** An MDN as the client sent it. */
  ObjectNode given(String creationId) {
    return Optional.ofNullable(given.get(creationId)).orElseThrow();
  }

  /** An MDN that is among the {@link #submissions}. */
  Mdn mdn(String creationId) {
    return Optional.ofNullable(mdns.get(creationId)).orElseThrow();
  }

  private void draft(String creationId, GivenMdn mdn) {
    if (!claims.take(mdn.forEmailId())) {
      throw RefusedMdnException.of("mdnAlreadySent", "another MDN for the Email is being sent");
    }
    Email email = email(mdn.forEmailId());
    RequestedMdn requested = new RequestedMdn(email);
    requested.check();
    checkRights(email);
    MdnMessage message =
        new MdnMessage(mdn, requested, author, author.finalRecipient(mdn, requested));
    Blob octets =
        message.compose(
            mdn.includeOriginalMessage() ? Optional.of(original(email)) : Optional.empty(),
            context.clock().instant().atOffset(ZoneOffset.UTC));
    checkSize(octets);
    mdns.put(creationId, message.mdn());
    submissions.put(
        creationId,
        new NewSubmission(
            author.identity().id(),
            email.id(),
            email.threadId(),
            envelope(message),
            false,
            Optional.empty(),
            new OutgoingMessage(octets),
            false));
  }

  private Email email(Id id) {
    return context
        .role(accountId, EmailType.TYPE.readRole())
        .read(
            call,
            ReadRequest.of(
                List.of(id), Set.of("blobId", "threadId", "mailboxIds", "keywords", "headers")))
        .stream()
        .findFirst()
        .orElseThrow(() -> RefusedMdnException.of("notFound", "there is no such Email"));
  }

  /** A notification that could not be noted would be sent again (RFC 3503 section 3.2). */
  private void checkRights(Email email) {
    boolean mayMark =
        context
            .role(accountId, MailboxType.TYPE.readRole())
            .read(call, ReadRequest.of(List.copyOf(email.mailboxIds()), Set.of("id", "myRights")))
            .stream()
            .anyMatch(mailbox -> mailbox.myRights().maySetKeywords());
    if (!mayMark) {
      throw RefusedMdnException.of(
          "forbidden", "the Email cannot be given the keyword " + OnSuccess.MDN_SENT);
    }
  }

  private Blob original(Email email) {
    return context
        .role(accountId, BlobRole.ROLE)
        .find(call, email.blobId())
        .orElseThrow(() -> RefusedMdnException.of("notFound", "there is no such Email"));
  }

  private void checkSize(Blob message) {
    if (terms.maxSize().isPresent() && message.size() > terms.maxSize().getAsLong()) {
      throw new RefusedMdnException(
          SetError.tooLarge("the server takes messages of at most " + terms.maxSize().getAsLong()));
    }
  }

  /** Nobody is told when a notification is lost: it has no return path (RFC 8098 section 3). */
  private Envelope envelope(MdnMessage message) {
    String mailFrom =
        terms.permitsNullSender() ? "" : author.from(message.finalRecipient()).email();
    List<EnvelopeAddress> recipients =
        message.requested().notifyTo().stream()
            .map(EmailAddress::email)
            .distinct()
            .map(EnvelopeAddress::of)
            .toList();
    if (recipients.size() > terms.maxRecipients()) {
      throw RefusedMdnException.of(
          "notFound", "too many addresses want to be notified of the Email");
    }
    return new Envelope(EnvelopeAddress.of(mailFrom), recipients);
  }
}
