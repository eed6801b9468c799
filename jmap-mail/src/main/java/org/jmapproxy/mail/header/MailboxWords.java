package org.jmapproxy.mail.header;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The words of one mailbox as they are met, and what address they make. */
final class MailboxWords {
  private static final int MOST_WORDS = 10_000;

  private final List<PhraseWord> words = new ArrayList<>(4);
  private @Nullable String angle;
  private @Nullable String comment;
  private boolean spaceBefore;
  private boolean afterAngle;

  void space() {
    spaceBefore = true;
  }

  void atom(String text) {
    add(PhraseWord.atom(text, spaceBefore));
  }

  void quoted(String text) {
    add(PhraseWord.quoted(text, spaceBefore));
  }

  private void add(PhraseWord word) {
    if (words.size() < MOST_WORDS) {
      words.add(word);
    }
    spaceBefore = false;
    comment = null;
  }

  /** The first comment after the address is its name where there is no other. */
  void comment(String text) {
    if (comment == null) {
      comment = text;
    }
  }

  void angle(String address) {
    angle = address;
    comment = null;
    spaceBefore = false;
  }

  boolean hasAngle() {
    return angle != null;
  }

  /** These words stand behind a complete address: without an at sign they are litter. */
  void followsAngle() {
    afterAngle = true;
  }

  boolean isMailtoScheme() {
    return angle == null && words.size() == 1 && words.get(0).text().equalsIgnoreCase("mailto");
  }

  boolean canNameGroup() {
    return angle == null && !words.isEmpty() && words.stream().noneMatch(PhraseWord::hasAt);
  }

  /** The words as a decoded display name; empty if there are none. */
  String phrase() {
    return PhraseWord.phrase(words);
  }

  List<EmailAddress> mailboxes() {
    String address = angle;
    if (address != null) {
      Optional<String> name = name(words);
      boolean nothing = address.isEmpty() && name.isEmpty();
      return nothing ? List.of() : List.of(new EmailAddress(name, address));
    }
    return words.isEmpty() ? List.of() : bareMailboxes();
  }

  private List<EmailAddress> bareMailboxes() {
    List<BareAddress> addresses = BareAddress.in(words);
    if (addresses.isEmpty()) {
      return afterAngle ? List.of() : List.of(new EmailAddress(name(List.of()), phrase()));
    }
    BareAddress last = addresses.get(addresses.size() - 1);
    List<PhraseWord> before = words.subList(0, last.firstWord());
    List<PhraseWord> after = words.subList(last.endWord(), words.size());
    boolean onlyAddresses =
        after.isEmpty()
            && addresses.stream().mapToInt(BareAddress::wordCount).sum() == words.size();
    if (onlyAddresses && addresses.size() > 1) {
      return addresses.stream()
          .map(address -> new EmailAddress(Optional.empty(), address.email()))
          .toList();
    }
    return List.of(new EmailAddress(name(before.isEmpty() ? after : before), last.email()));
  }

  private Optional<String> name(List<PhraseWord> nameWords) {
    String name = PhraseWord.phrase(nameWords);
    String given = comment;
    if (name.isEmpty() && given != null) {
      name = TextForm.of(FieldScanner.content(given));
    }
    return name.isEmpty() ? Optional.empty() : Optional.of(name);
  }
}
