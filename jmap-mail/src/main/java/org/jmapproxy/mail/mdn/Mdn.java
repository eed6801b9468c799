package org.jmapproxy.mail.mdn;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.core.id.Id;

/**
 * A message disposition notification (RFC 9007 section 2).
 *
 * @param forEmailId the Email that it is about, if it is known
 * @param subject of the notification
 * @param textBody what it says to people
 * @param includeOriginalMessage whether the message that it is about is attached
 * @param reportingUA the program that made it
 * @param disposition what became of the message
 * @param mdnGateway what translated it from another system
 * @param originalRecipient for whom the sender meant the message, with the type of address
 * @param finalRecipient whom the notification is about, with the type of address
 * @param originalMessageId the Message-ID field of the message that it is about
 * @param error texts that explain an error
 * @param extensionFields further fields by name
 */
public record Mdn(
    Optional<Id> forEmailId,
    Optional<String> subject,
    Optional<String> textBody,
    boolean includeOriginalMessage,
    Optional<String> reportingUA,
    Disposition disposition,
    Optional<String> mdnGateway,
    Optional<String> originalRecipient,
    Optional<String> finalRecipient,
    Optional<String> originalMessageId,
    List<String> error,
    Map<String, String> extensionFields) {

  /** Copies the collections. */
  public Mdn {
    error = List.copyOf(error);
    extensionFields = Collections.unmodifiableMap(new LinkedHashMap<>(extensionFields));
  }

  /** About an Email that was found, or about none. */
  Mdn about(Optional<Id> emailId) {
    return new Mdn(
        emailId,
        subject,
        textBody,
        includeOriginalMessage,
        reportingUA,
        disposition,
        mdnGateway,
        originalRecipient,
        finalRecipient,
        originalMessageId,
        error,
        extensionFields);
  }
}
