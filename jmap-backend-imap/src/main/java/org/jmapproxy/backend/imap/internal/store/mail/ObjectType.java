package org.jmapproxy.backend.imap.internal.store.mail;

/** The types whose changes are kept. */
enum ObjectType {
  MAILBOX("Mailbox", 1),
  THREAD("Thread", 2),
  EMAIL("Email", 3);

  private final String typeName;
  private final int code;

  ObjectType(String typeName, int code) {
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
