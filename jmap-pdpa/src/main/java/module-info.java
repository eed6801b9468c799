/** JMAP pdpa. */
module org.jmapproxy.pdpa {
  requires transitive org.jmapproxy.core;
  requires static org.jspecify;
}
