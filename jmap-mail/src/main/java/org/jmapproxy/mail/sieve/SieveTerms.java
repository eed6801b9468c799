package org.jmapproxy.mail.sieve;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an account's Sieve can do, and its limits (RFC 9661 section 1.2.1).
 *
 * @param implementation name and version
 * @param maxSizeScriptName in octets, at least 512
 * @param maxSizeScript in octets; absent: not limited, or not known
 * @param maxNumberScripts absent: not limited, or not known
 * @param maxNumberRedirects how often one message may be redirected
 * @param extensions what scripts may require
 * @param notificationMethods URI schemes of {@code enotify}; absent where that is not supported
 * @param externalLists URI schemes of {@code extlists}; absent where that is not supported
 */
public record SieveTerms(
    String implementation,
    int maxSizeScriptName,
    OptionalLong maxSizeScript,
    OptionalLong maxNumberScripts,
    OptionalLong maxNumberRedirects,
    List<String> extensions,
    Optional<List<String>> notificationMethods,
    Optional<List<String>> externalLists) {

  /** What every server has to allow at least. */
  public static final int LEAST_SIZE_OF_NAME = 512;

  /** Copies the lists. */
  public SieveTerms {
    extensions = List.copyOf(extensions);
    notificationMethods = notificationMethods.map(List::copyOf);
    externalLists = externalLists.map(List::copyOf);
  }
}
