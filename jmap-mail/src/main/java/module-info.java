/** JMAP mail. */
module org.jmapproxy.mail {
  requires transitive org.jmapproxy.core;
  requires static org.jspecify;
}
