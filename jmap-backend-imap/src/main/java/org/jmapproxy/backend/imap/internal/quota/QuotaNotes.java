package org.jmapproxy.backend.imap.internal.quota;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jmapproxy.backend.imap.internal.protocol.ServerQuota;
import org.jmapproxy.backend.imap.internal.store.Notes;

/** The quotas told last, so that an account shows them also while its server is away. */
final class QuotaNotes {
  private static final String NAME = "quotas";
  private static final String LINE = "[A-Z0-9-]+ \\d+ \\d+ .*";

  private final Notes notes;

  QuotaNotes(Notes notes) {
    this.notes = notes;
  }

  /** Empty if the server has never told quotas. */
  Optional<List<ServerQuota>> read() {
    return notes
        .find(NAME)
        .map(text -> text.lines().filter(line -> line.matches(LINE)).map(QuotaNotes::of).toList());
  }

  void write(List<ServerQuota> quotas) {
    notes.put(NAME, quotas.stream().map(QuotaNotes::line).collect(Collectors.joining("\n")));
  }

  void remove() {
    notes.remove(NAME);
  }

  private static ServerQuota of(String line) {
    String[] words = line.split(" ", 4);
    return new ServerQuota(words[3], words[0], Long.parseLong(words[1]), Long.parseLong(words[2]));
  }

  private static String line(ServerQuota quota) {
    return String.join(
        " ",
        quota.resource(),
        Long.toString(quota.usage()),
        Long.toString(quota.limit()),
        quota.root().replaceAll("\\p{Cntrl}", "?"));
  }
}
