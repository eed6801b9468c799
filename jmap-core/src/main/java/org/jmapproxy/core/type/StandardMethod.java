package org.jmapproxy.core.type;

/** The methods of RFC 8620 section 5 that the engine derives from a declaration. */
public enum StandardMethod {
  /** Section 5.1. */
  GET("get"),
  /** Section 5.2. */
  CHANGES("changes"),
  /** Section 5.3. */
  SET("set"),
  /** Section 5.4. */
  COPY("copy"),
  /** Section 5.5. */
  QUERY("query"),
  /** Section 5.6. */
  QUERY_CHANGES("queryChanges");

  private final String suffix;

  StandardMethod(String suffix) {
    this.suffix = suffix;
  }

  /** The part of the method's name behind the slash. */
  public String suffix() {
    return suffix;
  }
}
