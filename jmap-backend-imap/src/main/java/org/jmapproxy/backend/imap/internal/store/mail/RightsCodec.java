package org.jmapproxy.backend.imap.internal.store.mail;

import org.jmapproxy.mail.mailbox.MailboxRights;

/** Keeps rights as bits. */
final class RightsCodec {

  private RightsCodec() {}

  static int encode(MailboxRights rights) {
    boolean[] all = {
      rights.mayReadItems(),
      rights.mayAddItems(),
      rights.mayRemoveItems(),
      rights.maySetSeen(),
      rights.maySetKeywords(),
      rights.mayCreateChild(),
      rights.mayRename(),
      rights.mayDelete(),
      rights.maySubmit()
    };
    int bits = 0;
    for (int i = 0; i < all.length; i++) {
      bits |= all[i] ? 1 << i : 0;
    }
    return bits;
  }

  static MailboxRights decode(int bits) {
    return new MailboxRights(
        has(bits, 0),
        has(bits, 1),
        has(bits, 2),
        has(bits, 3),
        has(bits, 4),
        has(bits, 5),
        has(bits, 6),
        has(bits, 7),
        has(bits, 8));
  }

  private static boolean has(int bits, int index) {
    return (bits & (1 << index)) != 0;
  }
}
