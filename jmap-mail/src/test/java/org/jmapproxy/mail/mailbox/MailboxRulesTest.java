package org.jmapproxy.mail.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.mail.capability.MailLimits;
import org.junit.jupiter.api.Test;

/** Rights and limits, which the account in memory has without restriction. */
class MailboxRulesTest {

  private static final MailboxRights NONE =
      new MailboxRights(true, false, false, false, false, false, false, false, false);

  @Test
  void rightsAreKept() {
    MailboxRules rules = rules(MailLimits.standard(), mailbox("shared", Optional.empty(), NONE, 2));
    assertThat(types(rules.refuseCreation(creation("new", Optional.of(Id.of("shared"))))))
        .isEqualTo("forbidden");
    assertThat(types(rules.refuseUpdate(rename("shared", "other")))).isEqualTo("forbidden");
    assertThat(types(rules.refuseDestruction(Id.of("shared"), true))).isEqualTo("forbidden");
    assertThat(rules.refuseUpdate(rename("shared", "shared"))).isEmpty();
  }

  @Test
  void treesGrowNoDeeperThanAnnounced() {
    MailLimits two = new MailLimits(OptionalInt.empty(), OptionalInt.of(2), 255, 1, false);
    MailboxRules rules =
        rules(
            two,
            mailbox("a", Optional.empty(), MailboxRights.all(), 0),
            mailbox("ab", Optional.of(Id.of("a")), MailboxRights.all(), 0),
            mailbox("c", Optional.empty(), MailboxRights.all(), 0));
    assertThat(rules.refuseCreation(creation("new", Optional.of(Id.of("a"))))).isEmpty();
    assertThat(types(rules.refuseCreation(creation("new", Optional.of(Id.of("ab"))))))
        .isEqualTo("invalidProperties");
    assertThat(types(rules.refuseUpdate(move("a", "c")))).isEqualTo("invalidProperties");
    assertThat(rules.refuseUpdate(move("ab", "c"))).isEmpty();
    assertThat(types(rules.refuseCreation(creation("new", Optional.empty()))))
        .isEqualTo("forbidden");
  }

  @Test
  void aTreeWithALoopIsSurvived() {
    MailboxTree tree =
        MailboxTree.of(
            List.of(
                mailbox("a", Optional.of(Id.of("b")), NONE, 0),
                mailbox("b", Optional.of(Id.of("a")), NONE, 0)));
    assertThat(tree.ancestors(Id.of("a"))).hasSize(2);
    assertThat(tree.depth(Id.of("a"))).isEqualTo(3);
  }

  private static MailboxRules rules(MailLimits limits, Mailbox... mailboxes) {
    return new MailboxRules(MailboxTree.of(List.of(mailboxes)), limits);
  }

  private static Mailbox mailbox(String id, Optional<Id> parent, MailboxRights rights, long total) {
    return new Mailbox(Id.of(id), id, parent, Optional.empty(), 0, total, 0, 0, 0, rights, true);
  }

  private static MailboxCreation creation(String name, Optional<Id> parentId) {
    return new MailboxCreation(name, parentId, Optional.empty(), 0, true);
  }

  private static MailboxUpdate rename(String id, String name) {
    return new MailboxUpdate(
        Id.of(id),
        Optional.of(name),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty());
  }

  private static MailboxUpdate move(String id, String parent) {
    return new MailboxUpdate(
        Id.of(id),
        Optional.empty(),
        Optional.of(Optional.of(Id.of(parent))),
        Optional.empty(),
        OptionalLong.empty(),
        Optional.empty());
  }

  private static String types(Optional<SetError> refusal) {
    return refusal.map(SetError::type).orElse("none");
  }
}
