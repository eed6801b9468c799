/** JMAP contacts. */
module org.jmapproxy.contacts {
  requires transitive org.jmapproxy.core;
  requires static org.jspecify;
}
