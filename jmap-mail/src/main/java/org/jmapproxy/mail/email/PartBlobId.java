package org.jmapproxy.mail.email;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jmapproxy.core.id.Id;

/**
 * How the blob id of a body part is made of its message's: a blob role that gets one serves the
 * decoded content of the part.
 *
 * @param messageBlobId the raw message; at most 200 characters
 * @param partId the part's number, such as {@code 2.1}
 */
public record PartBlobId(Id messageBlobId, String partId) {

  private static final Pattern FORM = Pattern.compile("(.+)-p([0-9]+(?:_[0-9]+)*)");

  /** The id on the wire. */
  public Id toId() {
    return Id.of(messageBlobId.value() + "-p" + partId.replace('.', '_'));
  }

  /** Takes an id apart; empty when it is not of a body part. */
  public static Optional<PartBlobId> parse(Id blobId) {
    Matcher matcher = FORM.matcher(blobId.value());
    return matcher.matches()
        ? Optional.of(new PartBlobId(Id.of(matcher.group(1)), matcher.group(2).replace('_', '.')))
        : Optional.empty();
  }
}
