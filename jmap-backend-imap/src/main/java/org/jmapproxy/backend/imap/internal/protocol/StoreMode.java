package org.jmapproxy.backend.imap.internal.protocol;

/** What STORE does with the flags it is given. */
public enum StoreMode {
  ADD("+FLAGS"),
  REMOVE("-FLAGS"),
  REPLACE("FLAGS");

  private final String item;

  StoreMode(String item) {
    this.item = item;
  }

  String item() {
    return item;
  }
}
