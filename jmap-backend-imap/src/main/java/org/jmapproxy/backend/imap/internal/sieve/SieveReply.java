package org.jmapproxy.backend.imap.internal.sieve;

import java.util.List;
import java.util.Optional;

/**
 * What a server answers to a command (RFC 5804 section 1.2).
 *
 * @param status the last word: it did it, it did not, or it closes the connection
 * @param code what stood in parentheses, in upper case and without its arguments
 * @param text for people, without control characters but line breaks
 * @param lines what came before, each a list of strings and words
 */
record SieveReply(Status status, Optional<String> code, String text, List<List<String>> lines) {

  /** How a reply ends. */
  enum Status {
    OK,
    NO,
    BYE
  }

  boolean isOk() {
    return status == Status.OK;
  }
}
