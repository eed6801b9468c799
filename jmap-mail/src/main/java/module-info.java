/** JMAP mail. */
module org.jmapproxy.mail {
  requires transitive org.jmapproxy.core;
  requires org.jsoup;
  requires static org.jspecify;

  exports org.jmapproxy.mail;
  exports org.jmapproxy.mail.capability;
  exports org.jmapproxy.mail.charset;
  exports org.jmapproxy.mail.email;
  exports org.jmapproxy.mail.header;
  exports org.jmapproxy.mail.identity;
  exports org.jmapproxy.mail.mailbox;
  exports org.jmapproxy.mail.mdn;
  exports org.jmapproxy.mail.mime;
  exports org.jmapproxy.mail.mime.parse;
  exports org.jmapproxy.mail.mime.transport;
  exports org.jmapproxy.mail.quota;
  exports org.jmapproxy.mail.report;
  exports org.jmapproxy.mail.sieve;
  exports org.jmapproxy.mail.snippet;
  exports org.jmapproxy.mail.submission;
  exports org.jmapproxy.mail.thread;
  exports org.jmapproxy.mail.vacation;
}
