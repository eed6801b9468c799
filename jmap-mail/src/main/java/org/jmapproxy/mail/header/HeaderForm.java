package org.jmapproxy.mail.header;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The forms a header field may be asked for (RFC 8621 section 4.1.2), each with the fields that it
 * makes sense for.
 */
public enum HeaderForm {
  /** {@code asRaw}, and the form when none is named: every field. */
  RAW("asRaw"),
  /** {@code asText}. */
  TEXT("asText"),
  /** {@code asAddresses}. */
  ADDRESSES("asAddresses"),
  /** {@code asGroupedAddresses}. */
  GROUPED_ADDRESSES("asGroupedAddresses"),
  /** {@code asMessageIds}. */
  MESSAGE_IDS("asMessageIds"),
  /** {@code asDate}. */
  DATE("asDate"),
  /** {@code asURLs}. */
  URLS("asURLs");

  private final String suffix;

  HeaderForm(String suffix) {
    this.suffix = suffix;
  }

  /** The form as property names write it, without the colon: {@code asText}. */
  public String suffix() {
    return suffix;
  }

  /** The form that a property name writes so; case counts. */
  public static Optional<HeaderForm> ofSuffix(String suffix) {
    for (HeaderForm form : values()) {
      if (form.suffix.equals(suffix)) {
        return Optional.of(form);
      }
    }
    return Optional.empty();
  }

  /**
   * Whether a field may be asked for in this form: the form's own fields, and every field that
   * neither RFC 5322 nor RFC 2369 defines.
   *
   * @param fieldName in any case
   */
  public boolean allowedFor(String fieldName) {
    String name = fieldName.toLowerCase(Locale.ROOT);
    return this == RAW || ownFields().contains(name) || !StandardFields.contains(name);
  }

  private Set<String> ownFields() {
    return switch (this) {
      case RAW -> Set.of();
      case TEXT -> StandardFields.TEXTS;
      case ADDRESSES, GROUPED_ADDRESSES -> StandardFields.ADDRESSES;
      case MESSAGE_IDS -> StandardFields.MESSAGE_IDS;
      case DATE -> StandardFields.DATES;
      case URLS -> StandardFields.URLS;
    };
  }

  /**
   * Reads a field in this form.
   *
   * @return empty (JMAP null) if the value is malformed for the form
   */
  public Optional<HeaderValue> read(HeaderField field) {
    String value = field.parseable();
    return switch (this) {
      case RAW -> Optional.of(new HeaderValue.Raw(field.value()));
      case TEXT -> Optional.of(new HeaderValue.Text(TextForm.of(value)));
      case ADDRESSES -> Optional.of(new HeaderValue.Addresses(AddressesForm.of(value)));
      case GROUPED_ADDRESSES ->
          Optional.of(new HeaderValue.GroupedAddresses(AddressesForm.grouped(value)));
      case MESSAGE_IDS -> MessageIdsForm.of(value).map(HeaderValue.MessageIds::new);
      case DATE -> DateForm.of(value).map(HeaderValue.Date::new);
      case URLS -> UrlsForm.of(value).map(HeaderValue.Urls::new);
    };
  }
}
