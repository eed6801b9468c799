package org.jmapproxy.backend.imap.internal.protocol.fetch;

import java.util.LinkedHashSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What to ask of each message. UID always comes along. Nothing asked here sets {@code \Seen}.
 *
 * <p>Items that need an extension are sent as they are: ask for them only where the server offers
 * it.
 */
public final class FetchRequest {
  private final Set<String> items;
  private final OptionalLong changedSince;
  private final boolean vanished;
  private final int maxLiteral;

  private FetchRequest(Builder builder) {
    items = Set.copyOf(builder.items);
    changedSince = builder.changedSince;
    vanished = builder.vanished;
    maxLiteral = builder.maxLiteral;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The request as IMAP writes it: {@code (UID FLAGS ...)} and its modifiers. */
  public String toImap() {
    StringBuilder out = new StringBuilder("(UID");
    items.stream().sorted().forEach(item -> out.append(' ').append(item));
    out.append(')');
    changedSince.ifPresent(
        modSeq ->
            out.append(" (CHANGEDSINCE ").append(modSeq).append(vanished ? " VANISHED)" : ")"));
    return out.toString();
  }

  /** Whether more than UID, FLAGS and MODSEQ was asked. */
  public boolean asksForContent() {
    return items.stream().anyMatch(item -> !item.equals("FLAGS") && !item.equals("MODSEQ"));
  }

  /** The bound for one literal in the answer; 0 for the connection's own. */
  public int maxLiteral() {
    return maxLiteral;
  }

  /** Collects what to ask. */
  public static final class Builder {
    private final Set<String> items = new LinkedHashSet<>();
    private OptionalLong changedSince = OptionalLong.empty();
    private boolean vanished;
    private int maxLiteral;

    private Builder() {}

    public Builder flags() {
      return item("FLAGS");
    }

    public Builder internalDate() {
      return item("INTERNALDATE");
    }

    public Builder size() {
      return item("RFC822.SIZE");
    }

    public Builder bodyStructure() {
      return item("BODYSTRUCTURE");
    }

    /** The whole header block of the message. */
    public Builder header() {
      return item("BODY.PEEK[HEADER]");
    }

    /** The mod-sequence (CONDSTORE). */
    public Builder modSeq() {
      return item("MODSEQ");
    }

    /** EMAILID and THREADID (OBJECTID, RFC 8474). */
    public Builder objectIds() {
      item("EMAILID");
      return item("THREADID");
    }

    /** X-GM-MSGID and X-GM-THRID (X-GM-EXT-1). */
    public Builder gmail() {
      item("X-GM-MSGID");
      return item("X-GM-THRID");
    }

    /** X-GM-LABELS (X-GM-EXT-1). */
    public Builder gmailLabels() {
      return item("X-GM-LABELS");
    }

    /** Dovecot's X-GUID. */
    public Builder guid() {
      return item("X-GUID");
    }

    /** PREVIEW (RFC 8970). */
    public Builder preview() {
      return item("PREVIEW");
    }

    /**
     * The first bytes of a section, decoded by nobody.
     *
     * @param section {@code ""} for the whole message, {@code 1.2}, {@code TEXT}, {@code 2.MIME}
     */
    public Builder section(String section, long offset, int length) {
      return item("BODY.PEEK[" + checked(section) + "]<" + offset + "." + length + ">");
    }

    /** A whole section, as {@link #section(String, long, int)} names it. */
    public Builder section(String section) {
      return item("BODY.PEEK[" + checked(section) + "]");
    }

    /** How many octets a part has after decoding (BINARY, RFC 3516). */
    public Builder binarySize(String part) {
      return item("BINARY.SIZE[" + checked(part) + "]");
    }

    /** Only messages changed since that mod-sequence (CONDSTORE). */
    public Builder changedSince(long modSeq) {
      changedSince = OptionalLong.of(modSeq);
      return this;
    }

    /** With {@link #changedSince}: also tell the UIDs that are gone (QRESYNC, enabled). */
    public Builder vanished() {
      vanished = true;
      return this;
    }

    /** Bounds every literal of the answer; a longer one is missing from its message. */
    public Builder maxLiteral(int bytes) {
      maxLiteral = bytes;
      return this;
    }

    public FetchRequest build() {
      return new FetchRequest(this);
    }

    private Builder item(String item) {
      items.add(item);
      return this;
    }

    private static String checked(String section) {
      if (!section.matches("[A-Za-z0-9.]*")) {
        throw new IllegalArgumentException(
            "Not a body section: " + section.length() + " characters");
      }
      return section;
    }
  }
}
