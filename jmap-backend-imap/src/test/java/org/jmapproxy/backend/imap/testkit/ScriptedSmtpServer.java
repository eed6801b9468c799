package org.jmapproxy.backend.imap.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A submission server of one connection that says what it was told to, in plain text, under TLS or
 * from STARTTLS on. Remembers what it heard and whether it was protected.
 */
public final class ScriptedSmtpServer implements AutoCloseable {

  /** A line that was heard. */
  public record Heard(String line, boolean underTls) {}

  private final ServerSocket listener;
  private final List<String> extensions;
  private final Map<String, String> answers = new LinkedHashMap<>();
  private final List<Heard> heard = new CopyOnWriteArrayList<>();
  private final boolean implicitTls;
  private volatile String afterStartTls = "";

  private ScriptedSmtpServer(boolean implicitTls, List<String> extensions) {
    this.implicitTls = implicitTls;
    this.extensions = new ArrayList<>(extensions);
    try {
      listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(this::accept, "scripted-smtp");
    thread.setDaemon(true);
    thread.start();
  }

  /** Begins in plain text. */
  public static ScriptedSmtpServer offering(String... extensions) {
    return new ScriptedSmtpServer(false, List.of(extensions));
  }

  /** Begins under TLS. */
  public static ScriptedSmtpServer underTls(String... extensions) {
    return new ScriptedSmtpServer(true, List.of(extensions));
  }

  /** Answers commands, known by their beginning, so. */
  public ScriptedSmtpServer answering(String command, String reply) {
    synchronized (answers) {
      answers.put(command, reply);
    }
    return this;
  }

  /** Sends this along with the answer to STARTTLS, still in plain text. */
  public ScriptedSmtpServer injecting(String plainText) {
    afterStartTls = plainText;
    return this;
  }

  /** Where it listens. */
  public int port() {
    return listener.getLocalPort();
  }

  /** What it heard, in order. */
  public List<Heard> heard() {
    return heard;
  }

  /** The lines that it heard, in order. */
  public List<String> lines() {
    return heard.stream().map(Heard::line).toList();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        serve(implicitTls ? secured(socket) : socket, implicitTls);
      } catch (IOException e) {
        Thread.onSpinWait();
      }
    }
  }

  private void serve(Socket first, boolean firstUnderTls) throws IOException {
    Socket socket = first;
    boolean underTls = firstUnderTls;
    write(socket, "220 scripted");
    boolean inMessage = false;
    for (String line = line(socket); !line.equals("QUIT"); line = line(socket)) {
      heard.add(new Heard(line, underTls));
      if (inMessage) {
        inMessage = !line.equals(".");
        if (!inMessage) {
          write(socket, "250 2.0.0 Taken");
        }
      } else if (line.equals("STARTTLS") && !underTls && told(line).isEmpty()) {
        write(socket, "220 Go on" + afterStartTls);
        socket = secured(socket);
        underTls = true;
      } else {
        write(socket, answer(line, underTls));
        inMessage = line.equals("DATA");
      }
    }
    write(socket, "221 Bye");
  }

  private Optional<String> told(String line) {
    synchronized (answers) {
      return answers.entrySet().stream()
          .filter(answer -> line.startsWith(answer.getKey()))
          .map(Map.Entry::getValue)
          .findFirst();
    }
  }

  private String answer(String line, boolean underTls) {
    Optional<String> told = told(line);
    if (told.isPresent()) {
      return told.get();
    }
    if (line.startsWith("EHLO")) {
      return hello(underTls);
    }
    return line.startsWith("AUTH") ? "235 In" : line.equals("DATA") ? "354 Go on" : "250 Fine";
  }

  private String hello(boolean underTls) {
    StringBuilder text = new StringBuilder("250-scripted\r\n");
    extensions.stream()
        .filter(one -> !(underTls && one.equals("STARTTLS")))
        .forEach(one -> text.append("250-").append(one).append("\r\n"));
    return text + "250 HELP";
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  private static String line(Socket socket) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("closed");
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  private static Socket secured(Socket socket) throws IOException {
    SSLSocket secured =
        (SSLSocket)
            context()
                .getSocketFactory()
                .createSocket(
                    socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
    secured.setUseClientMode(false);
    secured.startHandshake();
    return secured;
  }

  private static SSLContext context() throws IOException {
    Path directory = Files.createTempDirectory("scripted-smtp-");
    try {
      Certificate made = Certificate.in(directory);
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setKeyEntry(
          "own", key(made.key()), new char[0], new X509Certificate[] {certificate(made)});
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      ImapProxy.delete(directory);
    }
  }

  private static PrivateKey key(Path pem) throws IOException, GeneralSecurityException {
    String text = Files.readString(pem).replaceAll("-----[A-Z ]+-----|\\s", "");
    return KeyFactory.getInstance("EC")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(text)));
  }

  private static X509Certificate certificate(Certificate made)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(made.certificate())) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
