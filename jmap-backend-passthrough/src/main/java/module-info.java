/** The backend that forwards calls to an upstream JMAP server. */
module org.jmapproxy.backend.passthrough {
  requires transitive org.jmapproxy.core;
  requires org.slf4j;
  requires static org.jspecify;

  exports org.jmapproxy.backend.passthrough;
}
