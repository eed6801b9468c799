package org.jmapproxy.mail.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.blob.UploadedBlob;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.push.ChangeBus;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.BlobLookupRole;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.ChangeSignals;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.spi.StateChange;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.EmailBlobLookup;
import org.jmapproxy.mail.email.EmailType;
import org.jmapproxy.mail.email.MessageIdLookup;
import org.jmapproxy.mail.email.PartBlobs;
import org.jmapproxy.mail.mailbox.MailboxType;
import org.jmapproxy.mail.quota.Quota;
import org.jmapproxy.mail.quota.QuotaType;
import org.jmapproxy.mail.sieve.SieveRole;
import org.jmapproxy.mail.sieve.SieveScriptType;
import org.jmapproxy.mail.thread.ThreadLookup;
import org.jmapproxy.mail.thread.ThreadType;
import org.jmapproxy.mail.vacation.VacationResponseType;

/** A mail account in memory with all mail roles and, at first, an inbox. Thread-safe. */
public final class MemoryMail {

  private final Id accountId;
  private final MailStore store = new MailStore();
  private final ChangeBus bus = new ChangeBus();
  private final Map<Id, MemoryBlob> uploads = new HashMap<>();
  private final MemoryScripts scripts =
      new MemoryScripts(state -> publish(Map.of(SieveScriptType.TYPE.name(), state)));
  private final MemoryVacation vacation = new MemoryVacation();
  private final MemoryIdentities identities;
  private final MemorySubmissions submissions = new MemorySubmissions();

  /** An account with an empty inbox. */
  public MemoryMail(String accountId) {
    this.accountId = Id.of(accountId);
    this.identities = new MemoryIdentities(accountId + "@example.com");
    store.onChange(this::publish);
  }

  /** The account for a server. */
  public Account account() {
    return Account.of(accountId, accountId.value() + "@example.com", roles());
  }

  /** What was sent so far. */
  public List<SentMessage> sent() {
    return submissions.sent();
  }

  /** All mail roles, blobs and change signals. */
  public Roles roles() {
    MailboxRoles mailboxes = new MailboxRoles(store);
    EmailRoles emails = new EmailRoles(store);
    PartBlobs blobs = new PartBlobs(new Blobs());
    Roles.Builder roles = Roles.builder();
    identities.addTo(roles);
    submissions.addTo(roles);
    return roles
        .with(MailboxType.TYPE.readRole(), mailboxes)
        .with(MailboxType.TYPE.changesRole(), store.mailboxLog())
        .with(MailboxType.TYPE.writeRole(), mailboxes)
        .with(ThreadType.TYPE.readRole(), store::threads)
        .with(ThreadType.TYPE.changesRole(), store.threadLog())
        .with(ThreadLookup.ROLE, (context, ids) -> store.threadIds(ids))
        .with(EmailType.TYPE.readRole(), emails)
        .with(EmailType.TYPE.changesRole(), store.emailLog())
        .with(EmailType.TYPE.writeRole(), emails)
        .with(EmailType.TYPE.queryRole(), new EmailQueryRole(store))
        .with(BlobRole.ROLE, blobs)
        .with(BlobLookupRole.ROLE, new EmailBlobLookup(blobs, emails, store::emailOfMessage))
        .with(VacationResponseType.TYPE.readRole(), vacation)
        .with(VacationResponseType.TYPE.writeRole(), vacation)
        .with(SieveScriptType.TYPE.readRole(), scripts)
        .with(SieveScriptType.TYPE.changesRole(), scripts.changes())
        .with(SieveScriptType.TYPE.writeRole(), scripts)
        .with(SieveRole.ROLE, scripts)
        .with(MessageIdLookup.ROLE, (context, id) -> store.emailsWithMessageId(id))
        .with(QuotaType.TYPE.readRole(), (context, request) -> List.of(octets()))
        .with(ChangeSignals.ROLE, bus.signals(accountId))
        .build();
  }

  private Quota octets() {
    return new Quota(
        Id.of("Q1"),
        Quota.ResourceType.OCTETS,
        store.allEmails().stream().mapToLong(Email::size).sum(),
        Optional.empty(),
        Optional.empty(),
        1L << 30,
        Quota.Scope.ACCOUNT,
        "Mail",
        Optional.empty(),
        Set.of("Email"));
  }

  private void publish(Map<String, State> states) {
    bus.publish(new StateChange(accountId, states));
  }

  private final class Blobs implements BlobRole {

    @Override
    public UploadedBlob upload(CallContext context, String type, InputStream data) {
      try {
        byte[] octets = data.readAllBytes();
        synchronized (uploads) {
          Id id = Id.of("U" + (uploads.size() + 1));
          uploads.put(id, new MemoryBlob(type, octets));
          return new UploadedBlob(id, type, octets.length);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public Optional<Blob> find(CallContext context, Id blobId) {
      Optional<MemoryBlob> upload;
      synchronized (uploads) {
        upload = Optional.ofNullable(uploads.get(blobId));
      }
      return upload
          .or(() -> scripts.blob(blobId))
          .<Blob>map(blob -> blob)
          .or(() -> message(blobId));
    }

    private Optional<Blob> message(Id blobId) {
      return store.message(blobId).map(octets -> new MemoryBlob("message/rfc822", octets));
    }
  }
}
