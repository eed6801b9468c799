package org.jmapproxy.backend.imap.internal.store.own;

/** The types whose objects exist nowhere else. */
enum OwnType {
  IDENTITY("Identity", 4),
  SUBMISSION("EmailSubmission", 5),
  SIEVE_SCRIPT("SieveScript", 7);

  private final String typeName;
  private final int code;

  OwnType(String typeName, int code) {
    this.typeName = typeName;
    this.code = code;
  }

  /** The name of the data type. */
  String typeName() {
    return typeName;
  }

  /** What stands for it in tables. */
  int code() {
    return code;
  }
}
