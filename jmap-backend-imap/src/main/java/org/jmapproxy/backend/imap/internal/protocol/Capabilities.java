package org.jmapproxy.backend.imap.internal.protocol;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** What a server offers, as CAPABILITY lists it. Names compare in any case. */
public final class Capabilities {

  /** Nothing is known yet. */
  public static final Capabilities NONE = new Capabilities(Set.of());

  private final Set<String> names;

  private Capabilities(Set<String> names) {
    this.names = names;
  }

  /** Capabilities from a list separated by spaces, as it stands in a response. */
  public static Capabilities parse(String list) {
    Set<String> names = new TreeSet<>();
    for (String name : list.trim().split(" +", 1000)) {
      if (!name.isEmpty()) {
        names.add(name.toUpperCase(Locale.ROOT));
      }
    }
    return new Capabilities(Set.copyOf(names));
  }

  public boolean has(String name) {
    return names.contains(name.toUpperCase(Locale.ROOT));
  }

  /** All names, in upper case. */
  public Set<String> names() {
    return names;
  }

  public boolean isEmpty() {
    return names.isEmpty();
  }

  /** Mod-sequences: CONDSTORE, which QRESYNC implies (RFC 7162). */
  public boolean hasCondstore() {
    return has("CONDSTORE") || has("QRESYNC");
  }

  /** MOVE, also part of IMAP4rev2. */
  public boolean hasMove() {
    return has("MOVE") || has("IMAP4REV2");
  }

  /** UID EXPUNGE, APPENDUID and COPYUID, also part of IMAP4rev2. */
  public boolean hasUidPlus() {
    return has("UIDPLUS") || has("IMAP4REV2");
  }

  /** Whether the server decodes parts and tells how long they are then (BINARY, RFC 3516). */
  public boolean hasBinary() {
    return has("BINARY") || has("IMAP4REV2");
  }

  public boolean hasIdle() {
    return has("IDLE") || has("IMAP4REV2");
  }

  public boolean hasExtendedSearch() {
    return has("ESEARCH") || has("IMAP4REV2");
  }

  public boolean hasExtendedList() {
    return has("LIST-EXTENDED") || has("IMAP4REV2");
  }

  public boolean hasSpecialUse() {
    return has("SPECIAL-USE") || has("IMAP4REV2");
  }

  @Override
  public String toString() {
    return String.join(" ", new TreeSet<>(names));
  }
}
