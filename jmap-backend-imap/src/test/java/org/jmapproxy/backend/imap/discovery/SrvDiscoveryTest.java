package org.jmapproxy.backend.imap.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;

/** Asks a name server of our own on loopback. */
class SrvDiscoveryTest {

  private DatagramSocket socket;
  private SrvDiscovery discovery;
  private volatile List<SRVRecord> zone = List.of();

  @BeforeEach
  void startNameServer() throws Exception {
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread server = new Thread(this::serve, "name-server");
    server.setDaemon(true);
    server.start();
    SimpleResolver resolver = new SimpleResolver(InetAddress.getLoopbackAddress());
    resolver.setPort(socket.getLocalPort());
    resolver.setTimeout(Duration.ofSeconds(5));
    discovery = new SrvDiscovery(resolver);
  }

  @AfterEach
  void stopNameServer() {
    socket.close();
  }

  @Test
  void tlsFromTheStartIsPreferred() throws Exception {
    zone =
        List.of(
            srv("_imap._tcp.example.test.", 0, 1, 143, "old.example.test."),
            srv("_imaps._tcp.example.test.", 20, 1, 993, "second.example.test."),
            srv("_imaps._tcp.example.test.", 10, 1, 994, "first.example.test."));

    assertThat(discovery.imap("example.test"))
        .contains(new MailServer("first.example.test", 994, 2));
  }

  @Test
  void aServiceThatIsDeclaredAbsentIsPassedOver() throws Exception {
    zone =
        List.of(
            srv("_imaps._tcp.example.test.", 0, 0, 0, "."),
            srv("_imap._tcp.example.test.", 0, 1, 143, "mail.example.test."));

    assertThat(discovery.imap("example.test"))
        .contains(new MailServer("mail.example.test", 143, 3));
  }

  /** RFC 5804 section 1.8. */
  @Test
  void manageSieveIsProtectedByStarttls() throws Exception {
    zone = List.of(srv("_sieve._tcp.example.test.", 0, 1, 4190, "sieve.example.test."));

    assertThat(discovery.sieve("example.test"))
        .contains(new MailServer("sieve.example.test", 4190, 3));
  }

  @Test
  void aDomainWithoutRecordsHasNoServers() {
    assertThat(discovery.imap("example.test")).isEmpty();
    assertThat(discovery.submission("not a domain..")).isEmpty();
  }

  private static SRVRecord srv(String name, int priority, int weight, int port, String target)
      throws Exception {
    return new SRVRecord(new Name(name), DClass.IN, 60, priority, weight, port, new Name(target));
  }

  private void serve() {
    byte[] buffer = new byte[1500];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        byte[] answer = answer(Arrays.copyOf(packet.getData(), packet.getLength()));
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (java.io.IOException e) {
        return;
      }
    }
  }

  private byte[] answer(byte[] question) throws java.io.IOException {
    Message query = new Message(question);
    Message answer = new Message(query.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.addRecord(query.getQuestion(), Section.QUESTION);
    List<SRVRecord> found =
        zone.stream().filter(srv -> srv.getName().equals(query.getQuestion().getName())).toList();
    found.forEach(srv -> answer.addRecord(srv, Section.ANSWER));
    answer.getHeader().setRcode(found.isEmpty() ? Rcode.NXDOMAIN : Rcode.NOERROR);
    return answer.toWire();
  }
}
