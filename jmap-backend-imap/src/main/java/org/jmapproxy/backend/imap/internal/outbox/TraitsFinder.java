package org.jmapproxy.backend.imap.internal.outbox;

import org.jmapproxy.backend.imap.internal.smtp.MessageTraits;

/** Looks at a message that passes by. */
final class TraitsFinder {

  private static final int LONGEST_LINE = 998;

  private long size;
  private int lineLength;
  private boolean inHeader = true;
  private boolean eightBitHeader;
  private boolean eightBitBody;
  private boolean hasLongLines;
  private boolean hasNul;

  void look(byte[] octets, int count) {
    for (int i = 0; i < count; i++) {
      look(octets[i]);
    }
    size += count;
  }

  private void look(byte octet) {
    if (octet == '\n') {
      inHeader &= lineLength > 0;
      lineLength = 0;
    } else if (octet != '\r') {
      lineLength++;
      hasLongLines |= lineLength > LONGEST_LINE;
      hasNul |= octet == 0;
      eightBitHeader |= octet < 0 && inHeader;
      eightBitBody |= octet < 0 && !inHeader;
    }
  }

  MessageTraits found() {
    return new MessageTraits(size, eightBitHeader, eightBitBody, hasLongLines, hasNul);
  }
}
