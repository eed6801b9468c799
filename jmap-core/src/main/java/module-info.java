/** The JMAP wire protocol, the engine of the standard methods and the backend SPI. */
module org.jmapproxy.core {
  requires transitive tools.jackson.databind;
  requires java.net.http;
  requires org.slf4j;
  requires static org.jspecify;

  exports org.jmapproxy.core;
  exports org.jmapproxy.core.argument;
  exports org.jmapproxy.core.backend;
  exports org.jmapproxy.core.blob;
  exports org.jmapproxy.core.changes;
  exports org.jmapproxy.core.error;
  exports org.jmapproxy.core.forward;
  exports org.jmapproxy.core.http;
  exports org.jmapproxy.core.id;
  exports org.jmapproxy.core.json;
  exports org.jmapproxy.core.method;
  exports org.jmapproxy.core.push;
  exports org.jmapproxy.core.query;
  exports org.jmapproxy.core.session;
  exports org.jmapproxy.core.spi;
  exports org.jmapproxy.core.transport;
  exports org.jmapproxy.core.type;
  exports org.jmapproxy.core.types;
}
