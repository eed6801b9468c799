package org.jmapproxy.backend.imap.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The files that a Dovecot 2.3 needs to run from a directory of its own. */
record DovecotConfiguration(
    DovecotServer.Format format,
    String capability,
    boolean sieve,
    boolean shares,
    long quotaBytes,
    String extra) {

  static Optional<Path> binary() {
    return Stream.of("/usr/sbin/dovecot", "/usr/local/sbin/dovecot", "/opt/homebrew/sbin/dovecot")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Writes them; the configuration file. */
  Path write(Path directory, DovecotServer.Ports ports) throws IOException, InterruptedException {
    boolean root = ServerProcess.root();
    String mailUser = root ? "mail" : System.getProperty("user.name");
    String mailGroup = root ? "mail" : groupOf(directory);
    Path mail = Files.createDirectory(directory.resolve("mail"));
    if (root) {
      ServerProcess.own(mail, mailUser, mailGroup);
    }
    Certificate.in(directory);
    Path file = directory.resolve("dovecot.conf");
    String text =
        common(directory, ports, mailUser, mailGroup)
            + (root ? "" : withoutRoot(mailUser, mailGroup))
            + (sieve ? managesieve(ports.sieve()) : "")
            + (shares ? sharing(directory) : "")
            + (quotaBytes > 0 ? quota() : "")
            + extra;
    Files.writeString(file, text + "\n");
    return file;
  }

  private String common(
      Path directory, DovecotServer.Ports ports, String mailUser, String mailGroup) {
    return """
        base_dir = @DIR@/run
        state_dir = @DIR@/run
        log_path = @DIR@/dovecot.log
        listen = 127.0.0.1
        protocols = imap @SIEVE@
        ssl = yes
        ssl_cert = <@DIR@/cert.pem
        ssl_key = <@DIR@/key.pem
        disable_plaintext_auth = no
        auth_mechanisms = plain login
        auth_cache_size = 0
        auth_failure_delay = 0
        auth_username_chars =
        mail_uid = @USER@
        mail_gid = @GROUP@
        first_valid_uid = 0
        first_valid_gid = 0
        mail_home = @DIR@/mail/%n
        mail_location = @LOCATION@
        mail_fsync = never
        mail_max_userip_connections = 500
        mail_max_keyword_length = 200
        maildir_stat_dirs = no
        passdb {
          driver = static
          args = password=@PASSWORD@
        }
        userdb {
          driver = static
          args = uid=@USER@ gid=@GROUP@ home=@DIR@/mail/%n
        }
        namespace inbox {
          inbox = yes
          separator = /
          mailbox Drafts {
            special_use = \\Drafts
            auto = subscribe
          }
          mailbox Sent {
            special_use = \\Sent
            auto = subscribe
          }
          mailbox Junk {
            special_use = \\Junk
            auto = subscribe
          }
          mailbox Trash {
            special_use = \\Trash
            auto = subscribe
          }
          mailbox Archive {
            special_use = \\Archive
            auto = subscribe
          }
        }
        service imap-login {
          inet_listener imap {
            port = @IMAP@
          }
          inet_listener imaps {
            port = @IMAPS@
            ssl = yes
          }
          service_count = 0
          client_limit = 1000
        }
        service imap {
          client_limit = 1
          process_limit = 500
        }
        service anvil {
          client_limit = 2100
          unix_listener anvil-auth-penalty {
            mode = 0
          }
        }
        service auth {
          client_limit = 2100
        }
        service stats {
          client_limit = 2100
        }
        @CAPABILITY@
        """
        .replace("@DIR@", directory.toString())
        .replace("@USER@", mailUser)
        .replace("@GROUP@", mailGroup)
        .replace("@SIEVE@", sieve ? "sieve" : "")
        .replace("@LOCATION@", location())
        .replace("@PASSWORD@", DovecotServer.PASSWORD)
        .replace("@IMAP@", Integer.toString(ports.imap()))
        .replace("@IMAPS@", Integer.toString(ports.imaps()))
        .replace("@CAPABILITY@", capability.isEmpty() ? "" : capabilityLine());
  }

  private static String managesieve(int port) {
    return """
        service managesieve-login {
          inet_listener sieve {
            port = @PORT@
          }
        }
        plugin {
          sieve = file:%h/sieve;active=%h/.dovecot.sieve
        }
        """
        .replace("@PORT@", Integer.toString(port));
  }

  private static String sharing(Path directory) {
    return """
        mail_plugins = $mail_plugins acl
        protocol imap {
          mail_plugins = $mail_plugins imap_acl
        }
        plugin {
          acl = vfile
          acl_shared_dict = file:@DIR@/mail/shared-mailboxes
        }
        namespace shared {
          type = shared
          separator = /
          prefix = shared/%%u/
          location = maildir:%%h/Maildir:INDEXPVT=~/shared/%%u
          subscriptions = no
          list = children
        }
        """
        .replace("@DIR@", directory.toString());
  }

  private String quota() {
    return """
        mail_plugins = $mail_plugins quota
        protocol imap {
          mail_plugins = $mail_plugins imap_quota
        }
        plugin {
          quota = count:User quota
          quota_rule = *:storage=@BYTES@B
          quota_vsizes = yes
        }
        """
        .replace("@BYTES@", Long.toString(quotaBytes));
  }

  private String capabilityLine() {
    return "protocol imap {\n  imap_capability = " + capability + "\n}\n";
  }

  private String location() {
    return format == DovecotServer.Format.MAILDIR
        ? "maildir:~/Maildir"
        : format.name().toLowerCase(Locale.ROOT) + ":~/mail";
  }

  private static String withoutRoot(String user, String group) {
    return """
        default_internal_user = @USER@
        default_internal_group = @GROUP@
        default_login_user = @USER@
        service anvil {
          chroot =
        }
        service imap-login {
          chroot =
        }
        """
        .replace("@USER@", user)
        .replace("@GROUP@", group);
  }

  private static String groupOf(Path directory) throws IOException {
    return Files.getAttribute(directory, "posix:group").toString();
  }
}
