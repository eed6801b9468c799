package org.jmapproxy.backend.imap.internal.smtp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.smtp.SmtpRefusedException.Stage;
import org.jmapproxy.mail.header.AddrSpec;
import org.jmapproxy.mail.submission.EnvelopeAddress;

/** MAIL and RCPT: tells a server from whom and to whom, and keeps what it says to each. */
final class SmtpTransaction {

  /** So many commands are on their way at once: their replies fit into the buffers between. */
  private static final int AT_ONCE = 50;

  /** What we do ourselves, and what we tell ourselves. */
  private static final Set<String> OURS =
      Set.of("HOLDFOR", "HOLDUNTIL", "SIZE", "BODY", "SMTPUTF8");

  private final SmtpWire wire;
  private final SmtpExtensions extensions;

  SmtpTransaction(SmtpWire wire, SmtpExtensions extensions) {
    this.wire = wire;
    this.extensions = extensions;
  }

  /**
   * Begins a transaction.
   *
   * @return the reply to each recipient, in order
   */
  List<SmtpReply> begin(
      EnvelopeAddress mailFrom, List<EnvelopeAddress> recipients, MessageTraits message)
      throws IOException {
    boolean international =
        message.eightBitHeader()
            || AddrSpec.isInternational(mailFrom.email())
            || recipients.stream().anyMatch(one -> AddrSpec.isInternational(one.email()));
    String mail = mail(mailFrom, message, international && extensions.has("SMTPUTF8"));
    List<String> rcpt = recipients.stream().map(SmtpTransaction::rcpt).toList();
    return extensions.has("PIPELINING") ? pipelined(mail, rcpt) : oneByOne(mail, rcpt);
  }

  private List<SmtpReply> oneByOne(String mail, List<String> rcpt) throws IOException {
    accept(wire.exchange(mail));
    List<SmtpReply> replies = new ArrayList<>();
    for (String command : rcpt) {
      replies.add(wire.exchange(command));
    }
    return replies;
  }

  private List<SmtpReply> pipelined(String mail, List<String> rcpt) throws IOException {
    List<SmtpReply> replies = new ArrayList<>();
    Optional<SmtpReply> mailReply = Optional.empty();
    wire.write(mail);
    for (int from = 0; from < rcpt.size(); from += AT_ONCE) {
      List<String> some = rcpt.subList(from, Math.min(rcpt.size(), from + AT_ONCE));
      for (String command : some) {
        wire.write(command);
      }
      wire.flush();
      if (mailReply.isEmpty()) {
        mailReply = Optional.of(wire.read());
      }
      for (int i = 0; i < some.size(); i++) {
        replies.add(wire.read());
      }
      accept(mailReply.get());
    }
    return replies;
  }

  private static void accept(SmtpReply reply) {
    if (!reply.isPositive()) {
      throw new SmtpRefusedException(Stage.MAIL, reply);
    }
  }

  private String mail(EnvelopeAddress from, MessageTraits message, boolean international) {
    Map<String, Optional<String>> parameters = new LinkedHashMap<>();
    if (extensions.has("SIZE")) {
      parameters.put("SIZE", Optional.of(Long.toString(message.size())));
    }
    if (message.isEightBit() && extensions.has("8BITMIME")) {
      parameters.put("BODY", Optional.of("8BITMIME"));
    }
    if (international) {
      parameters.put("SMTPUTF8", Optional.empty());
    }
    from.parameters().forEach((name, value) -> putUnlessOurs(parameters, name, value));
    return "MAIL FROM:<" + from.email() + ">" + written(parameters);
  }

  private static void putUnlessOurs(
      Map<String, Optional<String>> parameters, String name, Optional<String> value) {
    if (!OURS.contains(name)) {
      parameters.put(name, value);
    }
  }

  private static String rcpt(EnvelopeAddress recipient) {
    return "RCPT TO:<" + recipient.email() + ">" + written(recipient.parameters());
  }

  private static String written(Map<String, Optional<String>> parameters) {
    StringBuilder text = new StringBuilder();
    parameters.forEach(
        (name, value) -> {
          text.append(' ').append(name);
          value.ifPresent(given -> text.append('=').append(encoded(name, given)));
        });
    return text.toString();
  }

  private static String encoded(String name, String value) {
    if (name.equals("ENVID")) {
      return xtext(value);
    }
    int type = value.indexOf(';');
    return name.equals("ORCPT") && type >= 0
        ? value.substring(0, type + 1) + xtext(value.substring(type + 1))
        : value;
  }

  /** RFC 3461 section 4. */
  private static String xtext(String value) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c > ' ' && c < 127 && c != '+' && c != '=') {
        text.append(c);
      } else {
        text.append(String.format("+%02X", (int) c));
      }
    }
    return text.toString();
  }
}
