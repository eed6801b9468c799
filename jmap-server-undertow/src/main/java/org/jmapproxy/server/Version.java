package org.jmapproxy.server;

import picocli.CommandLine.IVersionProvider;

/** The version of the jar, from its manifest. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = ServerMain.class.getPackage().getImplementationVersion();
    return new String[] {"JMAP Proxy " + (version == null ? "(development)" : version)};
  }
}
