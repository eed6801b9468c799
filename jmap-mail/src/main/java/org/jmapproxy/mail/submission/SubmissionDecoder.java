package org.jmapproxy.mail.submission;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.core.spi.ReadRole;
import org.jmapproxy.core.spi.Role;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.type.Decoded;
import org.jmapproxy.core.type.ObjectCreation;
import org.jmapproxy.core.type.ObjectUpdate;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.EmailType;
import org.jmapproxy.mail.header.HeaderBlock;
import org.jmapproxy.mail.identity.Identity;
import org.jmapproxy.mail.identity.IdentityType;
import org.jmapproxy.mail.identity.Senders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Decodes creations and updates; refuses what section 7.5 refuses without asking a server. */
final class SubmissionDecoder {

  private final CallContext call;
  private final Roles roles;
  private final Instant now;

  private SubmissionDecoder(CallContext call, Roles roles, Instant now) {
    this.call = call;
    this.roles = roles;
    this.now = now;
  }

  static Decoded<NewSubmission> creation(ObjectCreation creation) {
    SubmissionDecoder decoder =
        new SubmissionDecoder(creation.call(), creation.roles(), Instant.now());
    return decoded(() -> decoder.decode(creation.properties()));
  }

  static Decoded<SubmissionUpdate> update(ObjectUpdate update) {
    return decoded(() -> new SubmissionUpdate(cancels(update)));
  }

  private static <V> Decoded<V> decoded(Supplier<V> decoder) {
    try {
      return new Decoded.Valid<>(decoder.get());
    } catch (RefusedSubmissionException e) {
      return new Decoded.Invalid<>(e.error());
    }
  }

  private NewSubmission decode(ObjectNode given) {
    if (given.has("undoStatus")) {
      throw invalid("undoStatus", "is set by the server");
    }
    Identity identity = identity(Id.of(given.path("identityId").stringValue()));
    Email email = email(Id.of(given.path("emailId").stringValue()));
    HeaderBlock header = email.headers().orElseGet(() -> HeaderBlock.of(new byte[0]));
    SubmissionTerms terms = SubmissionTerms.of(roles);
    EnvelopeRules rules = new EnvelopeRules(identity, roles.find(Senders.ROLE), terms);
    rules.checkAuthor(header);
    boolean isGiven = given.path("envelope").isObject();
    Envelope envelope = isGiven ? given(given.path("envelope")) : rules.generated(header);
    rules.check(envelope);
    checkSize(email, terms);
    return new NewSubmission(
        identity.id(),
        email.id(),
        email.threadId(),
        envelope,
        !isGiven,
        Release.of(envelope.mailFrom(), now, terms.maxDelayedSend()),
        new OutgoingMessage(message(email)),
        true);
  }

  private static Envelope given(JsonNode json) {
    EnvelopeJson.problem(json)
        .ifPresent(
            problem -> {
              throw invalid("envelope", problem);
            });
    Envelope envelope = EnvelopeJson.read(json);
    return new Envelope(envelope.mailFrom(), EnvelopeRules.once(envelope.rcptTo()));
  }

  private static void checkSize(Email email, SubmissionTerms terms) {
    if (terms.maxSize().isPresent() && email.size() > terms.maxSize().getAsLong()) {
      long most = terms.maxSize().getAsLong();
      throw new RefusedSubmissionException(
          SubmissionErrors.tooLarge(most, "the server takes messages of at most " + most));
    }
  }

  private Identity identity(Id id) {
    return read(IdentityType.TYPE.readRole(), id, Set.of("email"))
        .orElseThrow(() -> invalid("identityId", "there is no such Identity"));
  }

  private Email email(Id id) {
    return read(EmailType.TYPE.readRole(), id, Set.of("blobId", "threadId", "size", "headers"))
        .orElseThrow(() -> invalid("emailId", "there is no such Email"));
  }

  private Blob message(Email email) {
    return roles
        .find(BlobRole.ROLE)
        .flatMap(blobs -> blobs.find(call, email.blobId()))
        .orElseThrow(() -> invalid("emailId", "there is no such Email"));
  }

  private <T> Optional<T> read(Role<ReadRole<T>> role, Id id, Set<String> properties) {
    return roles
        .find(role)
        .flatMap(
            reader ->
                reader.read(call, ReadRequest.of(List.of(id), properties)).stream().findFirst());
  }

  /** The one thing that can change: a submission that is pending is cancelled. */
  private static boolean cancels(ObjectUpdate update) {
    JsonNode after = update.after().path("undoStatus");
    JsonNode before = update.before().path("undoStatus");
    if (!update.patch().isEmpty() && after.isMissingNode()) {
      throw invalid("undoStatus", "cannot be removed");
    }
    if (after.isMissingNode() || after.equals(before)) {
      return false;
    }
    if (!after.asString("").equals(UndoStatus.CANCELED.wireName())) {
      throw invalid("undoStatus", "can only be changed to canceled");
    }
    if (!before.asString("").equals(UndoStatus.PENDING.wireName())) {
      throw new RefusedSubmissionException("cannotUnsend", "the message has been sent");
    }
    return true;
  }

  private static RefusedSubmissionException invalid(String property, String problem) {
    return new RefusedSubmissionException(SetError.invalidProperty(property, problem));
  }
}
