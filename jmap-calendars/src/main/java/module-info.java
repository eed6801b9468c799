/** JMAP calendars. */
module org.jmapproxy.calendars {
  requires transitive org.jmapproxy.core;
  requires static org.jspecify;
}
