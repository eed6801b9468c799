package org.jmapproxy.backend.imap.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files that a Cyrus 3.6 needs to run from a directory of its own.
 *
 * @param hierarchy where users' folders are and what separates them
 * @param hidden capabilities that are not announced
 * @param services what is offered beside IMAP
 * @param extra more lines for imapd.conf
 */
record CyrusConfiguration(
    CyrusServer.Hierarchy hierarchy, String hidden, List<CyrusService> services, String extra) {
  private static final Path PACKAGED = Path.of("/usr/lib/cyrus/bin");

  /**
   * Where imapd is. Debian's cyrus-imapd cannot be installed beside dovecot-imapd, so it may lie
   * unpacked elsewhere (see .ci/install); everything else is in cyrus-common and cyrus-caldav.
   */
  static Optional<Path> imapBinaries() {
    return Stream.of(PACKAGED, Path.of("/usr/local/lib/cyrus-imapd/usr/lib/cyrus/bin"))
        .filter(directory -> Files.isExecutable(directory.resolve("imapd")))
        .filter(directory -> Files.isExecutable(PACKAGED.resolve("master")))
        .findFirst();
  }

  /** The command that runs it in the foreground, after the files are written. */
  List<String> write(Path directory, Path imapBinaries, CyrusPorts ports)
      throws IOException, InterruptedException {
    for (String name : List.of("conf", "mail", "search", "sieve", "proc", "lock", "tmp")) {
      Files.createDirectory(directory.resolve(name));
    }
    for (String name : List.of("db", "log", "socket", "user", "quota", "zoneinfo", "sync")) {
      Files.createDirectory(directory.resolve("conf").resolve(name));
    }
    Certificate.in(directory);
    Files.writeString(directory.resolve("imapd.conf"), imapd(directory));
    Files.writeString(directory.resolve("cyrus.conf"), master(directory, imapBinaries, ports));
    if (ServerProcess.root()) {
      try (Stream<Path> all = Files.walk(directory)) {
        for (Path path : all.toList()) {
          ServerProcess.own(path, "cyrus", "mail");
        }
      }
    }
    return List.of(
        PACKAGED.resolve("master").toString(),
        "-C",
        directory.resolve("imapd.conf").toString(),
        "-M",
        directory.resolve("cyrus.conf").toString(),
        "-p",
        directory.resolve("master.pid").toString());
  }

  private String imapd(Path directory) {
    String users =
        ServerProcess.root() ? "" : "cyrus_user: " + System.getProperty("user.name") + "\n";
    return """
        configdirectory: @DIR@/conf
        defaultpartition: default
        partition-default: @DIR@/mail
        sievedir: @DIR@/sieve
        temp_path: @DIR@/tmp
        proc_path: @DIR@/proc
        mboxname_lockpath: @DIR@/lock
        servername: localhost
        defaultdomain: internal
        virtdomains: userid
        admins: cyrus
        allowplaintext: yes
        sasl_pwcheck_method: saslauthd
        sasl_saslauthd_path: @DIR@/mux
        sasl_mech_list: PLAIN LOGIN
        tls_server_cert: @DIR@/cert.pem
        tls_server_key: @DIR@/key.pem
        unixhierarchysep: @SLASH@
        altnamespace: @ALT@
        maxlogins_per_user: 0
        autocreate_quota: 1048576
        autocreate_post: yes
        autocreate_users: anyone
        autocreate_inbox_folders: Drafts | Sent | Junk | Trash | Archive
        autocreate_subscribe_folders: Drafts | Sent | Junk | Trash | Archive
        xlist-drafts: Drafts
        xlist-sent: Sent
        xlist-junk: Junk
        xlist-trash: Trash
        xlist-archive: Archive
        conversations: yes
        conversations_db: twoskip
        statuscache: yes
        httpmodules: jmap caldav carddav webdav
        jmap_nonstandard_extensions: yes
        jmap_emailsearch_db_path: @DIR@/conf/db/jmap_emailsearch.db
        search_engine: xapian
        search_index_headers: yes
        defaultsearchtier: t1
        t1searchpartition-default: @DIR@/search
        sync_log: yes
        sync_log_channels: squatter
        """
            .replace("@SLASH@", hierarchy.separator() == '/' ? "yes" : "no")
            .replace("@ALT@", hierarchy.besideInbox() ? "yes" : "no")
            .replace("@DIR@", directory.toString())
        + (hidden.isEmpty() ? "" : "suppress_capabilities: " + hidden + "\n")
        + users
        + extra
        + "\n";
  }

  private String master(Path directory, Path imapBinaries, CyrusPorts ports) {
    StringBuilder offered = new StringBuilder();
    for (CyrusService service : services) {
      offered.append(service.line(ports.of(service)));
    }
    return """
        START {
          recover cmd="@BIN@/ctl_cyrusdb -C @DIR@/imapd.conf -r"
        }
        DAEMON {
          idled cmd="@IMAP@/idled -C @DIR@/imapd.conf"
        @INDEXER@}
        SERVICES {
          imap cmd="@IMAP@/imapd -C @DIR@/imapd.conf -U 100" listen="127.0.0.1:@PLAIN@" proto=tcp4 prefork=1 maxchild=500
          imaps cmd="@IMAP@/imapd -C @DIR@/imapd.conf -s -U 100" listen="127.0.0.1:@TLS@" proto=tcp4 maxchild=100
        @OFFERED@}
        EVENTS {
          checkpoint cmd="@BIN@/ctl_cyrusdb -C @DIR@/imapd.conf -c" period=30
        }
        """
        .replace("@OFFERED@", offered)
        .replace("@INDEXER@", services.contains(CyrusService.HTTP) ? INDEXER : "")
        .replace("@PLAIN@", Integer.toString(ports.imap()))
        .replace("@TLS@", Integer.toString(ports.imaps()))
        .replace("@IMAP@", imapBinaries.toString())
        .replace("@BIN@", PACKAGED.toString())
        .replace("@DIR@", directory.toString());
  }

  private static final String INDEXER =
      "  squatter cmd=\"@IMAP@/squatter -C @DIR@/imapd.conf -R -d\"\n";
}
