/** The backend that forwards calls to an upstream JMAP server. */
module org.jmapproxy.backend.passthrough {
  requires transitive org.jmapproxy.core;
  requires static org.jspecify;
}
