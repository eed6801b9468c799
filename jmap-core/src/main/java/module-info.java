/** The JMAP wire protocol, the engine of the standard methods and the backend SPI. */
module org.jmapproxy.core {
  requires transitive tools.jackson.databind;
  requires org.slf4j;
  requires static org.jspecify;
}
