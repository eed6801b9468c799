package org.jmapproxy.mail.mailbox;

import java.util.Optional;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.mail.capability.MailLimits;

/**
 * What RFC 8621 demands of the Mailboxes of an account as a whole, for write roles to ask before
 * they write: parents exist, nobody is their own ancestor, siblings differ in name, a role is had
 * once, rights and limits are kept, nothing is lost with a parent. Immutable; a batch asks anew
 * with the tree as each step leaves it.
 *
 * @param tree the Mailboxes as they are
 * @param limits the account's limits
 */
public record MailboxRules(MailboxTree tree, MailLimits limits) {

  /** Why a Mailbox must not be created; empty when it may. */
  public Optional<SetError> refuseCreation(MailboxCreation creation) {
    return refuseParent(creation.parentId())
        .or(() -> refuseDepth(creation.parentId(), 1))
        .or(() -> refuseName(creation.parentId(), creation.name(), Optional.empty()))
        .or(() -> creation.role().flatMap(role -> refuseRole(role, Optional.empty())));
  }

  /** Why a Mailbox must not be updated; empty when it may. */
  public Optional<SetError> refuseUpdate(MailboxUpdate update) {
    Optional<Mailbox> before = tree.find(update.id());
    return before.isEmpty() ? Optional.of(SetError.notFound()) : refuseUpdate(before.get(), update);
  }

  private Optional<SetError> refuseUpdate(Mailbox before, MailboxUpdate update) {
    Optional<Id> parentId = update.parentId().orElse(before.parentId());
    String name = update.name().orElse(before.name());
    boolean moved = !parentId.equals(before.parentId());
    boolean renamed = !name.equals(before.name());
    Optional<SetError> refusal = Optional.empty();
    if ((moved || renamed) && !before.myRights().mayRename()) {
      refusal = Optional.of(SetError.forbidden("you may not rename this Mailbox"));
    } else if (moved) {
      refusal =
          refuseLoop(before.id(), parentId)
              .or(() -> refuseParent(parentId))
              .or(() -> refuseDepth(parentId, tree.height(before.id())));
    }
    if (refusal.isEmpty() && (moved || renamed)) {
      refusal = refuseName(parentId, name, Optional.of(before.id()));
    }
    return refusal.or(() -> update.role().flatMap(role -> refuseNewRole(before, role)));
  }

  /**
   * Why a Mailbox must not be destroyed; empty when it may. Ask children first, see {@link
   * MailboxTree#childrenFirst}.
   *
   * @param removeEmails the argument {@code onDestroyRemoveEmails}
   */
  public Optional<SetError> refuseDestruction(Id id, boolean removeEmails) {
    Optional<Mailbox> mailbox = tree.find(id);
    if (mailbox.isEmpty()) {
      return Optional.of(SetError.notFound());
    }
    boolean hasEmail = mailbox.get().totalEmails() > 0;
    MailboxRights rights = mailbox.get().myRights();
    if (!tree.children(Optional.of(id)).isEmpty()) {
      return Optional.of(SetError.of("mailboxHasChild"));
    }
    if (isInbox(mailbox.get())) {
      return Optional.of(SetError.forbidden("the inbox cannot be destroyed"));
    }
    if (!rights.mayDelete() || (hasEmail && removeEmails && !rights.mayRemoveItems())) {
      return Optional.of(SetError.forbidden("you may not destroy this Mailbox"));
    }
    return hasEmail && !removeEmails
        ? Optional.of(SetError.of("mailboxHasEmail"))
        : Optional.empty();
  }

  private Optional<SetError> refuseParent(Optional<Id> parentId) {
    if (parentId.isEmpty()) {
      return limits.mayCreateTopLevelMailbox()
          ? Optional.empty()
          : Optional.of(SetError.forbidden("you may not create Mailboxes at the top level"));
    }
    Optional<Mailbox> parent = tree.find(parentId.get());
    if (parent.isEmpty()) {
      return Optional.of(SetError.invalidProperty("parentId", "there is no such Mailbox"));
    }
    return parent.get().myRights().mayCreateChild()
        ? Optional.empty()
        : Optional.of(SetError.forbidden("you may not create Mailboxes below this parent"));
  }

  private Optional<SetError> refuseLoop(Id id, Optional<Id> parentId) {
    boolean loop = parentId.filter(p -> p.equals(id) || tree.ancestors(p).contains(id)).isPresent();
    return loop
        ? Optional.of(SetError.invalidProperty("parentId", "a Mailbox cannot be below itself"))
        : Optional.empty();
  }

  private Optional<SetError> refuseDepth(Optional<Id> parentId, int height) {
    int depth = parentId.map(tree::depth).orElse(0) + height;
    return limits.maxMailboxDepth().isPresent() && depth > limits.maxMailboxDepth().getAsInt()
        ? Optional.of(SetError.invalidProperty("parentId", "the tree would become too deep"))
        : Optional.empty();
  }

  private Optional<SetError> refuseName(Optional<Id> parentId, String name, Optional<Id> self) {
    return tree.children(parentId).stream()
        .filter(sibling -> sibling.name().equals(name))
        .filter(sibling -> !self.equals(Optional.of(sibling.id())))
        .findFirst()
        .map(sibling -> SetError.alreadyExists(sibling.id().value()));
  }

  private Optional<SetError> refuseNewRole(Mailbox before, Optional<String> role) {
    if (role.equals(before.role())) {
      return Optional.empty();
    }
    if (isInbox(before)) {
      return Optional.of(SetError.invalidProperty("role", "the inbox keeps its role"));
    }
    return role.flatMap(wanted -> refuseRole(wanted, Optional.of(before.id())));
  }

  private Optional<SetError> refuseRole(String role, Optional<Id> self) {
    boolean taken =
        tree.mailboxes().stream()
            .filter(mailbox -> !self.equals(Optional.of(mailbox.id())))
            .anyMatch(mailbox -> mailbox.role().equals(Optional.of(role)));
    return taken
        ? Optional.of(SetError.invalidProperty("role", "another Mailbox has it"))
        : Optional.empty();
  }

  private static boolean isInbox(Mailbox mailbox) {
    return mailbox.role().equals(Optional.of("inbox"));
  }
}
