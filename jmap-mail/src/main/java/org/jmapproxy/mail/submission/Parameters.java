package org.jmapproxy.mail.submission;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which ESMTP parameters clients may give, as the extensions of the account have it. */
final class Parameters {

  /** Holds the message for so many seconds (RFC 4865). */
  static final String HOLDFOR = "HOLDFOR";

  /** Holds the message until then (RFC 4865). */
  static final String HOLDUNTIL = "HOLDUNTIL";

  private static final int LONGEST_VALUE = 500;

  private static final Map<String, String> OF_MAIL =
      Map.of(
          HOLDFOR,
          "FUTURERELEASE",
          HOLDUNTIL,
          "FUTURERELEASE",
          "SIZE",
          "SIZE",
          "BODY",
          "8BITMIME",
          "SMTPUTF8",
          "SMTPUTF8",
          "RET",
          "DSN",
          "ENVID",
          "DSN",
          "BY",
          "DELIVERBY",
          "MT-PRIORITY",
          "MT-PRIORITY",
          "REQUIRETLS",
          "REQUIRETLS");

  private static final Map<String, String> OF_RCPT = Map.of("NOTIFY", "DSN", "ORCPT", "DSN");

  /** Their values are written as xtext, so they may hold any printable ASCII. */
  private static final Set<String> XTEXT = Set.of("ENVID", "ORCPT");

  private Parameters() {}

  /** Why an envelope's parameters cannot be used. */
  static Optional<String> problem(Envelope envelope, Set<String> extensions) {
    return problem(envelope.mailFrom(), OF_MAIL, extensions)
        .or(
            () ->
                envelope.rcptTo().stream()
                    .flatMap(recipient -> problem(recipient, OF_RCPT, extensions).stream())
                    .findFirst());
  }

  private static Optional<String> problem(
      EnvelopeAddress address, Map<String, String> known, Set<String> extensions) {
    for (Map.Entry<String, Optional<String>> parameter : address.parameters().entrySet()) {
      String name = parameter.getKey();
      String extension = known.get(name);
      if (extension == null || !extensions.contains(extension)) {
        return Optional.of("the parameter " + printable(name) + " is not supported");
      }
      if (parameter.getValue().filter(value -> !isSound(name, value)).isPresent()) {
        return Optional.of("the value of " + name + " cannot be sent");
      }
    }
    return Optional.empty();
  }

  private static boolean isSound(String name, String value) {
    return !value.isEmpty()
        && value.length() <= LONGEST_VALUE
        && value.chars().allMatch(c -> c > ' ' && c < 127 && (c != '=' || XTEXT.contains(name)));
  }

  private static String printable(String name) {
    return name.replaceAll("[^A-Z0-9-]", "?");
  }
}
