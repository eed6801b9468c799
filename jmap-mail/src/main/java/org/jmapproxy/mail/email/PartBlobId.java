package org.jmapproxy.mail.email;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jmapproxy.core.id.Id;

/**
 * How the blob id of a body part is made of its message's: a blob role that gets one serves the
 * decoded content of the part.
 *
 * @param messageBlobId the raw message; perhaps itself a part of another one
 * @param partId the part's number, such as {@code 2.1}
 */
public record PartBlobId(Id messageBlobId, String partId) {

  private static final Pattern FORM = Pattern.compile("(.+)-p([0-9]+(?:_[0-9]+)*)");

  /**
   * The id on the wire of a part; empty when it would be longer than an id can be, which takes
   * dozens of multiparts in each other.
   *
   * @param messageBlobId the raw message
   * @param partId the part's number
   */
  public static Optional<Id> of(Id messageBlobId, String partId) {
    return Optional.of(text(messageBlobId, partId)).filter(Id::isValid).map(Id::of);
  }

  private static String text(Id messageBlobId, String partId) {
    return messageBlobId.value() + "-p" + partId.replace('.', '_');
  }

  /** The id on the wire; see {@link #of} for ids that may be too long. */
  public Id toId() {
    return Id.of(text(messageBlobId, partId));
  }

  /** Takes an id apart; empty when it is not of a body part. */
  public static Optional<PartBlobId> parse(Id blobId) {
    Matcher matcher = FORM.matcher(blobId.value());
    return matcher.matches()
        ? Optional.of(new PartBlobId(Id.of(matcher.group(1)), matcher.group(2).replace('_', '.')))
        : Optional.empty();
  }
}
