package org.jmapproxy.mail.email;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.json.Dates;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.query.FilterProperty;
import tools.jackson.databind.JsonNode;

/** What Emails can be filtered by (RFC 8621 section 4.4.1). Keywords are given in lower case. */
public final class EmailFilters {

  /** {@code inMailbox}. */
  public static final FilterProperty<Email, Id> IN_MAILBOX =
      FilterProperty.of(
          "inMailbox",
          JsonType.ID,
          value -> Id.of(value.stringValue()),
          (email, id) -> email.mailboxIds().contains(id));

  /** {@code inMailboxOtherThan}: in at least one Mailbox that is not among these. */
  public static final FilterProperty<Email, Set<Id>> IN_MAILBOX_OTHER_THAN =
      FilterProperty.of(
          "inMailboxOtherThan",
          JsonType.listOf(JsonType.ID),
          EmailFilters::ids,
          (email, ids) -> !ids.containsAll(email.mailboxIds()));

  /** {@code before}: received before this moment. */
  public static final FilterProperty<Email, Instant> BEFORE =
      FilterProperty.<Email, Instant>of(
              "before",
              JsonType.UTC_DATE,
              EmailFilters::instant,
              (email, time) -> email.receivedAt().isBefore(time))
          .asImmutable();

  /** {@code after}: received at this moment or later. */
  public static final FilterProperty<Email, Instant> AFTER =
      FilterProperty.<Email, Instant>of(
              "after",
              JsonType.UTC_DATE,
              EmailFilters::instant,
              (email, time) -> !email.receivedAt().isBefore(time))
          .asImmutable();

  /** {@code minSize}: at least so many octets. */
  public static final FilterProperty<Email, Long> MIN_SIZE =
      FilterProperty.<Email, Long>of(
              "minSize",
              JsonType.UNSIGNED_INT,
              JsonNode::asLong,
              (email, size) -> email.size() >= size)
          .asImmutable();

  /** {@code maxSize}: fewer octets. */
  public static final FilterProperty<Email, Long> MAX_SIZE =
      FilterProperty.<Email, Long>of(
              "maxSize",
              JsonType.UNSIGNED_INT,
              JsonNode::asLong,
              (email, size) -> email.size() < size)
          .asImmutable();

  /** {@code allInThreadHaveKeyword}. */
  public static final FilterProperty<Email, String> ALL_IN_THREAD_HAVE_KEYWORD =
      FilterProperty.remote("allInThreadHaveKeyword", JsonType.STRING, Keywords::decode);

  /** {@code someInThreadHaveKeyword}. */
  public static final FilterProperty<Email, String> SOME_IN_THREAD_HAVE_KEYWORD =
      FilterProperty.remote("someInThreadHaveKeyword", JsonType.STRING, Keywords::decode);

  /** {@code noneInThreadHaveKeyword}. */
  public static final FilterProperty<Email, String> NONE_IN_THREAD_HAVE_KEYWORD =
      FilterProperty.remote("noneInThreadHaveKeyword", JsonType.STRING, Keywords::decode);

  /** {@code hasKeyword}. */
  public static final FilterProperty<Email, String> HAS_KEYWORD =
      FilterProperty.of(
          "hasKeyword",
          JsonType.STRING,
          Keywords::decode,
          (email, keyword) -> email.keywords().contains(keyword));

  /** {@code notKeyword}. */
  public static final FilterProperty<Email, String> NOT_KEYWORD =
      FilterProperty.of(
          "notKeyword",
          JsonType.STRING,
          Keywords::decode,
          (email, keyword) -> !email.keywords().contains(keyword));

  /** {@code hasAttachment}. */
  public static final FilterProperty<Email, Boolean> HAS_ATTACHMENT =
      FilterProperty.<Email, Boolean>of(
              "hasAttachment",
              JsonType.BOOLEAN,
              JsonNode::booleanValue,
              (email, wanted) -> email.hasAttachment() == wanted)
          .asImmutable();

  /** {@code text}: in an address, the subject or a text part; see {@link SearchText}. */
  public static final FilterProperty<Email, String> TEXT = content("text");

  /** {@code from}; see {@link SearchText}. */
  public static final FilterProperty<Email, String> FROM = headerText("from");

  /** {@code to}; see {@link SearchText}. */
  public static final FilterProperty<Email, String> TO = headerText("to");

  /** {@code cc}; see {@link SearchText}. */
  public static final FilterProperty<Email, String> CC = headerText("cc");

  /** {@code bcc}; see {@link SearchText}. */
  public static final FilterProperty<Email, String> BCC = headerText("bcc");

  /** {@code subject}; see {@link SearchText}. */
  public static final FilterProperty<Email, String> SUBJECT = headerText("subject");

  /** {@code body}: in a text part; see {@link SearchText}. */
  public static final FilterProperty<Email, String> BODY = content("body");

  /** {@code header}. */
  public static final FilterProperty<Email, HeaderFilter> HEADER =
      FilterProperty.of(
              "header",
              JsonType.simple("an array of one or two strings", EmailFilters::isHeaderFilter),
              EmailFilters::headerFilter,
              EmailFilters::matchesHeader)
          .asImmutable();

  static final List<FilterProperty<Email, ?>> ALL =
      List.of(
          IN_MAILBOX,
          IN_MAILBOX_OTHER_THAN,
          BEFORE,
          AFTER,
          MIN_SIZE,
          MAX_SIZE,
          ALL_IN_THREAD_HAVE_KEYWORD,
          SOME_IN_THREAD_HAVE_KEYWORD,
          NONE_IN_THREAD_HAVE_KEYWORD,
          HAS_KEYWORD,
          NOT_KEYWORD,
          HAS_ATTACHMENT,
          TEXT,
          FROM,
          TO,
          CC,
          BCC,
          SUBJECT,
          BODY,
          HEADER);

  /** Filters that depend on other Emails of the Thread. */
  static final Set<FilterProperty<Email, ?>> OF_THREADS =
      Set.of(ALL_IN_THREAD_HAVE_KEYWORD, SOME_IN_THREAD_HAVE_KEYWORD, NONE_IN_THREAD_HAVE_KEYWORD);

  private EmailFilters() {}

  private static FilterProperty<Email, String> content(String name) {
    return FilterProperty.<Email, String>remote(name, JsonType.STRING, JsonNode::stringValue)
        .asImmutable();
  }

  private static FilterProperty<Email, String> headerText(String field) {
    return FilterProperty.<Email, String>of(
            field,
            JsonType.STRING,
            JsonNode::stringValue,
            (email, text) -> matchesHeader(email, new HeaderFilter(field, Optional.of(text))))
        .asImmutable();
  }

  /** Whether a field of the Email's header, which must have been read, matches. */
  static boolean matchesHeader(Email email, HeaderFilter filter) {
    return email.headers().filter(filter.matcher()).isPresent();
  }

  private static Set<Id> ids(JsonNode array) {
    Set<Id> ids = new HashSet<>();
    array.forEach(id -> ids.add(Id.of(id.stringValue())));
    return Set.copyOf(ids);
  }

  private static Instant instant(JsonNode value) {
    return Dates.parseInstant(value.stringValue()).orElseThrow();
  }

  private static boolean isHeaderFilter(JsonNode value) {
    return value.isArray()
        && (value.size() == 1 || value.size() == 2)
        && value.get(0).isString()
        && value.get(value.size() - 1).isString();
  }

  private static HeaderFilter headerFilter(JsonNode value) {
    Optional<String> text =
        value.size() == 2 ? Optional.of(value.get(1).stringValue()) : Optional.empty();
    return new HeaderFilter(value.get(0).stringValue(), text);
  }
}
