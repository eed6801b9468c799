package org.jmapproxy.mail.email.compose;

import java.util.Optional;

/**
 * What holds of a part that does not say it.
 *
 * @param type the media type; empty: what the content suggests
 * @param disposition the disposition
 */
record PartDefaults(String type, Optional<String> disposition) {

  /** A part of a structure that the client has laid out. */
  static PartDefaults nested() {
    return new PartDefaults("", Optional.empty());
  }

  /** A text to show. */
  static PartDefaults body(String type) {
    return new PartDefaults(type, Optional.empty());
  }

  /** An attachment. */
  static PartDefaults attachment() {
    return new PartDefaults("", Optional.of("attachment"));
  }
}
