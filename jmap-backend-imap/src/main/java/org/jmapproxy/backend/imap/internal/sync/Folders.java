package org.jmapproxy.backend.imap.internal.sync;

import java.util.Optional;
import org.jmapproxy.backend.imap.internal.connect.Link;
import org.jmapproxy.backend.imap.internal.connect.ServerAbilities;
import org.jmapproxy.backend.imap.internal.protocol.Capabilities;
import org.jmapproxy.backend.imap.internal.store.Notes;

/**
 * Asks for the account's folders, and keeps what must be known of the server while it is away.
 * Thread-safe, except that folders are listed by one thread at a time.
 */
public final class Folders {
  private static final String CAPABILITIES = "imap.capabilities";
  private static final String SEPARATORS = "imap.separators";
  private static final String PREFIX = "imap.prefix";

  private final Notes notes;
  private final RightsBook rights = new RightsBook();
  private volatile Optional<ServerAbilities> abilities = Optional.empty();

  /** Knows what the notes say. */
  public Folders(Notes notes) {
    this.notes = notes;
  }

  /** What the server can do, found out at the first connection, and when it announces another. */
  public ServerAbilities abilities(Link link) {
    Optional<ServerAbilities> known = abilities;
    String announced = link.imap().capabilities().toString();
    if (known.isEmpty() || !known.get().capabilities().toString().equals(announced)) {
      link.unselect();
      known = Optional.of(ServerAbilities.find(link));
      abilities = known;
      note(CAPABILITIES, known.get().capabilities().toString());
    }
    return known.get();
  }

  /** All folders now. */
  FolderListing list(Link link) {
    FolderListing listing = FolderListing.read(link, abilities(link), rights);
    note(SEPARATORS, listing.separators().format());
    note(PREFIX, listing.prefix());
    return listing;
  }

  /** What the server announced when it was last asked. */
  public Capabilities capabilities() {
    return abilities
        .map(ServerAbilities::capabilities)
        .orElseGet(() -> Capabilities.parse(notes.find(CAPABILITIES).orElse("")));
  }

  /** What stands between the levels of paths. */
  public Separators separators() {
    return Separators.parse(notes.find(SEPARATORS).orElse(""));
  }

  /** What the paths of the user's own folders begin with; often nothing. */
  public String prefix() {
    return notes.find(PREFIX).orElse("");
  }

  private void note(String name, String text) {
    if (!notes.find(name).equals(Optional.of(text))) {
      notes.put(name, text);
    }
  }
}
