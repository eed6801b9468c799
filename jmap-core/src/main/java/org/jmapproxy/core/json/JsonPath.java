package org.jmapproxy.core.json;

import java.util.ArrayList;
import java.util.List;

/** Splits and joins the reference tokens of a JSON pointer (RFC 6901). */
public final class JsonPath {

  private JsonPath() {}

  /** A key as it stands inside a pointer. */
  public static String escape(String key) {
    return key.indexOf('~') < 0 && key.indexOf('/') < 0
        ? key
        : key.replace("~", "~0").replace("/", "~1");
  }

  /** The key behind a reference token. */
  public static String unescape(String token) {
    return token.indexOf('~') < 0 ? token : token.replace("~1", "/").replace("~0", "~");
  }

  /**
   * The keys of a pointer without its leading slash, as in the keys of a PatchObject (RFC 8620
   * section 5.3).
   */
  public static List<String> keys(String pointer) {
    List<String> keys = new ArrayList<>();
    int start = 0;
    for (int slash = pointer.indexOf('/'); slash >= 0; slash = pointer.indexOf('/', start)) {
      keys.add(unescape(pointer.substring(start, slash)));
      start = slash + 1;
    }
    keys.add(unescape(pointer.substring(start)));
    return List.copyOf(keys);
  }
}
