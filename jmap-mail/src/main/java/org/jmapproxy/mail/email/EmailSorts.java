package org.jmapproxy.mail.email;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.argument.Argument;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.query.SortProperty;
import org.jmapproxy.mail.header.EmailAddress;
import org.jmapproxy.mail.header.HeaderBlock;
import org.jmapproxy.mail.header.SubjectBase;

/** What Emails can be sorted by (RFC 8621 section 4.4.2). */
public final class EmailSorts {

  /** The member {@code keyword} of a Comparator, in lower case; required where it is declared. */
  public static final Argument<String> KEYWORD =
      new Argument<>("keyword", JsonType.STRING, Keywords::decode, "");

  /** {@code receivedAt}. */
  public static final SortProperty<Email> RECEIVED_AT =
      SortProperty.of("receivedAt", Comparator.comparing(Email::receivedAt)).asImmutable();

  /** {@code size}. */
  public static final SortProperty<Email> SIZE =
      SortProperty.of("size", Comparator.comparingLong(Email::size)).asImmutable();

  /** {@code from}: the first name or else address, without regard to case. */
  public static final SortProperty<Email> FROM = byHeader("from", h -> firstAddress(h, "From"));

  /** {@code to}: the first name or else address, without regard to case. */
  public static final SortProperty<Email> TO = byHeader("to", h -> firstAddress(h, "To"));

  /** {@code subject}: the base subject of RFC 5256. */
  public static final SortProperty<Email> SUBJECT =
      byHeader("subject", header -> header.text("Subject").map(SubjectBase::sortKey).orElse(""));

  /** {@code sentAt}: Emails without a date come first. */
  public static final SortProperty<Email> SENT_AT =
      SortProperty.<Email>of("sentAt", Comparator.comparing(EmailSorts::sentAt)).asImmutable();

  /** {@code hasKeyword}: Emails with the {@link #KEYWORD} come last. */
  public static final SortProperty<Email> HAS_KEYWORD =
      new SortProperty<>(
          "hasKeyword",
          false,
          List.of(KEYWORD),
          Optional.of(
              by -> {
                String keyword = by.extras().get(KEYWORD);
                return Comparator.comparing(email -> email.keywords().contains(keyword));
              }));

  /** {@code allInThreadHaveKeyword}. */
  public static final SortProperty<Email> ALL_IN_THREAD_HAVE_KEYWORD =
      SortProperty.remote("allInThreadHaveKeyword", KEYWORD);

  /** {@code someInThreadHaveKeyword}. */
  public static final SortProperty<Email> SOME_IN_THREAD_HAVE_KEYWORD =
      SortProperty.remote("someInThreadHaveKeyword", KEYWORD);

  static final List<SortProperty<Email>> ALL =
      List.of(
          RECEIVED_AT,
          SIZE,
          FROM,
          TO,
          SUBJECT,
          SENT_AT,
          HAS_KEYWORD,
          ALL_IN_THREAD_HAVE_KEYWORD,
          SOME_IN_THREAD_HAVE_KEYWORD);

  /** Sorts that depend on other Emails of the Thread. */
  static final Set<SortProperty<Email>> OF_THREADS =
      Set.of(ALL_IN_THREAD_HAVE_KEYWORD, SOME_IN_THREAD_HAVE_KEYWORD);

  private EmailSorts() {}

  /**
   * What {@code from} and {@code to} sort by: the name, or else the address, of the first mailbox
   * of a field; empty if there is none. Normalised and without case.
   */
  public static String firstAddress(HeaderBlock header, String field) {
    return header
        .addresses(field)
        .flatMap(list -> list.stream().findFirst())
        .map(EmailSorts::nameOrEmail)
        .map(SearchText::caseless)
        .orElse("");
  }

  private static String nameOrEmail(EmailAddress address) {
    return address.name().filter(name -> !name.isBlank()).orElse(address.email());
  }

  private static Instant sentAt(Email email) {
    return email
        .headers()
        .flatMap(header -> header.date("Date"))
        .map(java.time.OffsetDateTime::toInstant)
        .orElse(Instant.MIN);
  }

  private static SortProperty<Email> byHeader(
      String name, java.util.function.Function<HeaderBlock, String> key) {
    Comparator<Email> order = Comparator.comparing(email -> email.headers().map(key).orElse(""));
    return SortProperty.of(name, order).asImmutable();
  }
}
