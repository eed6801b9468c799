package org.jmapproxy.mail.header;

import java.time.OffsetDateTime;
import java.util.List;

/** A header value in one of the forms of RFC 8621 section 4.1.2. */
public sealed interface HeaderValue {

  /**
   * The Raw form.
   *
   * @param value the value as it stands in the message
   */
  record Raw(String value) implements HeaderValue {}

  /**
   * The Text form.
   *
   * @param text the decoded text
   */
  record Text(String text) implements HeaderValue {}

  /**
   * The Addresses form.
   *
   * @param addresses all mailboxes in order
   */
  record Addresses(List<EmailAddress> addresses) implements HeaderValue {}

  /**
   * The GroupedAddresses form.
   *
   * @param groups the groups in order
   */
  record GroupedAddresses(List<EmailAddressGroup> groups) implements HeaderValue {}

  /**
   * The MessageIds form.
   *
   * @param ids the ids without angle brackets
   */
  record MessageIds(List<String> ids) implements HeaderValue {}

  /**
   * The Date form.
   *
   * @param date with the offset of the message
   */
  record Date(OffsetDateTime date) implements HeaderValue {}

  /**
   * The URLs form.
   *
   * @param urls the URLs without angle brackets
   */
  record Urls(List<String> urls) implements HeaderValue {}
}
