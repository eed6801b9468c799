package org.jmapproxy.examples.backend;

import java.util.Optional;

/** New values of a bookmark; what is empty stays. */
record BookmarkUpdate(Optional<String> title, Optional<String> url) {

  Bookmark applyTo(Bookmark before) {
    return new Bookmark(before.id(), title.orElse(before.title()), url.orElse(before.url()));
  }
}
