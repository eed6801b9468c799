package org.jmapproxy.backend.imap.testkit;

/** What Cyrus can offer beside IMAP. */
enum CyrusService {
  /** JMAP at /jmap/, CalDAV and CardDAV at /dav/. */
  HTTP("httpd", "-U 100"),
  LMTP("lmtpd", "-a"),
  SIEVE("timsieved", "");

  private final String program;
  private final String options;

  CyrusService(String program, String options) {
    this.program = program;
    this.options = options;
  }

  /** Its line for cyrus.conf. */
  String line(int port) {
    return "  %s cmd=\"@BIN@/%s -C @DIR@/imapd.conf %s\" listen=\"127.0.0.1:%d\" proto=tcp4 maxchild=100%n"
        .formatted(program, program, options, port);
  }
}
