package org.jmapproxy.server.config;

/**
 * The proxy cannot start. The message is one line, says what to do and holds no secret; the
 * launcher prints it and ends with {@link #exitCode()}.
 */
public final class StartupException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private StartupException(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  /** A setting has a value that cannot be used: exit code 2, as for a wrong command line. */
  public static StartupException badSetting(String message) {
    return new StartupException(message, 2);
  }

  /** The settings are fine but the machine does not give what they ask for: exit code 1. */
  public static StartupException unavailable(String message) {
    return new StartupException(message, 1);
  }

  /** The exit code of the process. */
  public int exitCode() {
    return exitCode;
  }
}
