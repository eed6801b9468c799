package org.jmapproxy.backend.imap.internal.protocol;

/** What STORE does with the flags it is given. */
public enum StoreMode {
  ADD("+FLAGS.SILENT"),
  REMOVE("-FLAGS.SILENT"),
  REPLACE("FLAGS.SILENT");

  private final String item;

  StoreMode(String item) {
    this.item = item;
  }

  String item() {
    return item;
  }
}
