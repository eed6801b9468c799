package org.jmapproxy.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jmapproxy.server.RunningProxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings, and what the operator is told when the start fails. */
class StartupTest {

  @TempDir Path data;

  @Test
  void defaultsNeedNoRoot() {
    ServerConfig config = ServerConfig.fromEnvironment(Map.of("HOME", "/home/someone"));
    assertThat(config.jmapPort()).isEqualTo(9000);
    assertThat(config.managementPort()).isEqualTo(8080);
    assertThat(config.managementHost()).isEqualTo("127.0.0.1");
    assertThat(config.dataDirectory()).isEqualTo(Path.of("/home/someone/.local/share/jmap-proxy"));
    assertThat(config.idleTimeout()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.syncInterval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.baseUrl(9000)).isEqualTo("http://localhost:9000");
    assertThat(ServerConfig.fromEnvironment(Map.of("XDG_DATA_HOME", "/xdg")).dataDirectory())
        .isEqualTo(Path.of("/xdg/jmap-proxy"));
  }

  @Test
  void theSecretKeyIsNotShown() {
    ServerConfig config = ServerConfig.fromEnvironment(Map.of("JMAP_SECRET_KEY", "hush-hush"));
    assertThat(config.toString()).doesNotContain("hush-hush");
  }

  @Test
  void aTrailingSlashOfTheBaseUrlIsDropped() {
    ServerConfig config =
        ServerConfig.fromEnvironment(Map.of("BASEURL", "https://jmap.example.com/sub/"));
    assertThat(config.baseUrl(1)).isEqualTo("https://jmap.example.com/sub");
  }

  @ParameterizedTest
  @CsvSource({
    "JMAP_PORT, 70000",
    "JMAP_PORT, -1",
    "JMAP_MGMT_PORT, http",
    "JMAP_IDLE_TIMEOUT, 5m",
    "JMAP_SYNC_INTERVAL, 0",
    "BASEURL, jmap.example.com",
    "BASEURL, ftp://jmap.example.com"
  })
  void badValuesAreNamedInOneLine(String variable, String value) {
    assertThatThrownBy(() -> ServerConfig.fromEnvironment(Map.of(variable, value)))
        .isInstanceOfSatisfying(StartupException.class, e -> assertThat(e.exitCode()).isEqualTo(2))
        .hasMessageStartingWith(variable + " is \"" + value + "\"; it must be ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aTakenPortIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertThatThrownBy(() -> RunningProxy.in(data, Map.of("JMAP_PORT", port)))
          .isInstanceOfSatisfying(
              StartupException.class, e -> assertThat(e.exitCode()).isEqualTo(1))
          .hasMessageContaining(port)
          .hasMessageContaining("set JMAP_PORT to another");
    }
    RunningProxy.in(data).close();
  }

  @Test
  void aSecondProcessOnTheDirectoryIsRefused() {
    RunningProxy first = RunningProxy.in(data);
    assertThatThrownBy(() -> RunningProxy.in(data))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("in use by another process");
    first.close();
    RunningProxy.in(data).close();
  }

  @Test
  void whatIsNoDirectoryIsRefused() throws IOException {
    Path file = Files.createFile(data.resolve("file"));
    assertThatThrownBy(() -> RunningProxy.in(file))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("set JMAP_DATADIR");
    assertThatThrownBy(() -> RunningProxy.in(file.resolve("below")))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("set JMAP_DATADIR");
  }

  @Test
  void aNewerDirectoryFileIsLeftAlone() throws SQLException {
    RunningProxy.in(data).close();
    sql("PRAGMA user_version = 99");
    assertThatThrownBy(() -> RunningProxy.in(data))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("newer version");
  }

  /**
   * A file as an earlier version wrote it: no column tells of ManageSieve, nor of what came later.
   */
  @Test
  void anOlderDirectoryFileIsBroughtUpToDate() throws SQLException {
    try (RunningProxy proxy = RunningProxy.in(data)) {
      proxy.addAccount("alice", "secret");
    }
    for (String column : List.of("sievehost", "sieveport", "sievessl", "upstream")) {
      sql("ALTER TABLE account DROP COLUMN " + column);
    }
    sql("PRAGMA user_version = 3");
    try (RunningProxy proxy = RunningProxy.in(data)) {
      String sieve = "{\"sieveHost\":\"sieve.example.com\"}";
      assertThat(proxy.manage("PATCH", "/api/accounts/alice", sieve).statusCode()).isEqualTo(200);
      assertThat(proxy.manage("GET", "/api/accounts/alice", "").body())
          .contains("\"sieveHost\":\"sieve.example.com\"");
    }
    assertThat(data.resolve("accounts.sqlite3.v3")).exists();
  }

  @Test
  void aForeignDirectoryFileIsLeftAlone() throws SQLException {
    sql("CREATE TABLE accounts (email TEXT PRIMARY KEY); PRAGMA user_version = 1");
    assertThatThrownBy(() -> RunningProxy.in(data))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("not written by JMAP Proxy");
  }

  @Test
  void filesAreForTheirOwnerOnly() throws IOException {
    assumeThat(data.getFileSystem().supportedFileAttributeViews()).contains("posix");
    Path fresh = data.resolve("fresh");
    try (RunningProxy proxy = RunningProxy.in(fresh)) {
      proxy.addAccount("alice", "secret");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh)))
          .isEqualTo("rwx------");
      try (var files = Files.list(fresh)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
              .as(file.toString())
              .isEqualTo("rw-------");
        }
      }
    }
  }

  private void sql(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("accounts.sqlite3"));
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
