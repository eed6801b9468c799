package org.jmapproxy.contacts.internal.line;

import java.util.Optional;

/**
 * A property of a vCard.
 *
 * @param group the name before the dot
 * @param name in upper case
 * @param parameters without PREF, TYPE and the like being looked at
 * @param value unfolded and free of the transfer encodings of vCard 2.1, but still escaped
 */
public record ContentLine(
    Optional<String> group, String name, Parameters parameters, String value) {

  /** A line without group and parameters. */
  public static ContentLine of(String name, String value) {
    return new ContentLine(Optional.empty(), name, Parameters.none(), value);
  }

  /** The same in a group. */
  public ContentLine inGroup(Optional<String> other) {
    return new ContentLine(other, name, parameters, value);
  }

  /** The same with a further parameter. */
  public ContentLine with(String parameter, String parameterValue) {
    return new ContentLine(group, name, parameters.and(parameter, parameterValue), value);
  }

  /** The same with other parameters. */
  public ContentLine with(Parameters others) {
    return new ContentLine(group, name, others, value);
  }
}
