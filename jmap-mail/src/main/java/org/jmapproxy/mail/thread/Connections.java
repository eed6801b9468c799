package org.jmapproxy.mail.thread;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.mail.header.HeaderBlock;
import org.jmapproxy.mail.header.SubjectBase;

/**
 * What connects a message to others (RFC 8621 section 3): two messages belong to one Thread if they
 * share a message id and their subject keys are equal.
 *
 * @param messageId the message's own id, if it has one
 * @param messageIds its own id, those of In-Reply-To and those of References, each once, in this
 *     order; at most 200. An id of more than 250 characters stands as its SHA-256
 * @param subjectKey the base subject without case and white space; empty if there is none
 */
public record Connections(Optional<String> messageId, List<String> messageIds, String subjectKey) {
  private static final int MOST_IDS = 200;
  private static final int MOST_REPLIED_TO = 20;
  private static final int LONGEST_ID = 250;

  /** Copies the list. */
  public Connections {
    messageIds = List.copyOf(messageIds);
  }

  /** Reads the connections from a header. */
  public static Connections of(HeaderBlock header) {
    Optional<String> own = ids(header, "Message-ID").stream().findFirst();
    List<String> repliedTo = ids(header, "In-Reply-To");
    Set<String> connecting = new LinkedHashSet<>();
    own.ifPresent(connecting::add);
    connecting.addAll(repliedTo.subList(0, Math.min(MOST_REPLIED_TO, repliedTo.size())));
    addReferences(ids(header, "References"), connecting);
    String subject = header.text("Subject").map(SubjectBase::threadKey).orElse("");
    return new Connections(own, List.copyOf(connecting), subject);
  }

  /** Whether two messages belong to one Thread. */
  public boolean connectTo(Connections other) {
    return subjectKey.equals(other.subjectKey)
        && messageIds.stream().anyMatch(Set.copyOf(other.messageIds)::contains);
  }

  /** Of too many references the first, which began the Thread, and the latest are kept. */
  private static void addReferences(List<String> references, Set<String> connecting) {
    int room = MOST_IDS - connecting.size();
    if (references.size() <= room) {
      connecting.addAll(references);
    } else {
      connecting.add(references.get(0));
      connecting.addAll(references.subList(references.size() - room + 1, references.size()));
    }
  }

  private static List<String> ids(HeaderBlock header, String name) {
    List<String> ids = header.messageIds(name).orElseGet(() -> bareIds(header, name));
    List<String> bounded = new ArrayList<>(ids.size());
    ids.forEach(id -> bounded.add(bounded(id)));
    return bounded;
  }

  /** Ids whose angle brackets somebody forgot still connect. */
  private static List<String> bareIds(HeaderBlock header, String name) {
    String value = header.last(name).map(field -> field.parseable().strip()).orElse("");
    if (value.isEmpty() || value.length() > 10 * LONGEST_ID) {
      return List.of();
    }
    List<String> ids = new ArrayList<>();
    for (String word : value.split("[\\s,<>]+", -1)) {
      if (word.indexOf('@') > 0) {
        ids.add(word);
      }
    }
    return ids;
  }

  private static String bounded(String id) {
    return id.length() <= LONGEST_ID ? id : "sha256:" + sha256(id);
  }

  private static String sha256(String id) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(id.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
