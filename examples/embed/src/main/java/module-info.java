/** A help desk whose tickets can be read with any JMAP mail client. */
module org.jmapproxy.examples.embed {
  requires org.jmapproxy.mail;
  requires jdk.httpserver;
  requires static org.jspecify;
}
