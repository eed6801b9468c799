package org.jmapproxy.backend.imap.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jmapproxy.backend.imap.discovery.SrvDiscovery;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;

/** A name server on loopback that knows SRV records. Thread-safe. */
public final class NameServer implements AutoCloseable {

  private final DatagramSocket socket;
  private final List<SRVRecord> zone = new CopyOnWriteArrayList<>();

  /** Knows nothing yet. */
  public NameServer() {
    try {
      socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread server = new Thread(this::serve, "name-server");
    server.setDaemon(true);
    server.start();
  }

  /** Adds a record; names end with a dot. */
  public NameServer srv(String name, int priority, int weight, int port, String target) {
    try {
      zone.add(
          new SRVRecord(new Name(name), DClass.IN, 60, priority, weight, port, new Name(target)));
      return this;
    } catch (TextParseException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Asks this server. */
  public SrvDiscovery discovery() {
    SimpleResolver resolver = new SimpleResolver(InetAddress.getLoopbackAddress());
    resolver.setPort(socket.getLocalPort());
    resolver.setTimeout(Duration.ofSeconds(5));
    return new SrvDiscovery(resolver);
  }

  private void serve() {
    byte[] buffer = new byte[1500];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        byte[] answer = answer(Arrays.copyOf(packet.getData(), packet.getLength()));
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException e) {
        return;
      }
    }
  }

  private byte[] answer(byte[] question) throws IOException {
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

  @Override
  public void close() {
    socket.close();
  }
}
