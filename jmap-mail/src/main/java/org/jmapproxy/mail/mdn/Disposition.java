package org.jmapproxy.mail.mdn;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What became of a message at its recipient (RFC 9007 section 2); names as JMAP writes them.
 *
 * @param actionMode one of {@link #ACTION_MODES}
 * @param sendingMode one of {@link #SENDING_MODES}
 * @param type one of {@link #TYPES}
 */
public record Disposition(String actionMode, String sendingMode, String type) {

  /** Whether the user or a program brought it about. */
  public static final List<String> ACTION_MODES = List.of("manual-action", "automatic-action");

  /** Whether the user or a program agreed to the notification. */
  public static final List<String> SENDING_MODES =
      List.of("mdn-sent-manually", "mdn-sent-automatically");

  /** What was done. */
  public static final List<String> TYPES =
      List.of("deleted", "dispatched", "displayed", "processed");

  private static final Pattern FIELD =
      Pattern.compile("\\s*([a-z-]+)\\s*/\\s*([a-z-]+)\\s*;\\s*([a-z-]+)\\s*(?:/.*)?");

  /**
   * Reads a Disposition field (RFC 8098 section 3.2.6), in any case and with any modifiers.
   *
   * @return empty when it is none that JMAP has names for
   */
  static Optional<Disposition> parse(String value) {
    Matcher matcher = FIELD.matcher(value.toLowerCase(Locale.ROOT));
    return matcher.matches()
        ? Optional.of(new Disposition(matcher.group(1), matcher.group(2), matcher.group(3)))
            .filter(Disposition::isKnown)
        : Optional.empty();
  }

  private boolean isKnown() {
    return ACTION_MODES.contains(actionMode)
        && SENDING_MODES.contains(sendingMode)
        && TYPES.contains(type);
  }

  /** Whether nobody was asked. */
  boolean isSentAutomatically() {
    return sendingMode.equals("mdn-sent-automatically");
  }

  /** The value of the field, written as RFC 8098 writes it. */
  String fieldValue() {
    return actionMode + "/MDN" + sendingMode.substring(3) + "; " + type;
  }
}
