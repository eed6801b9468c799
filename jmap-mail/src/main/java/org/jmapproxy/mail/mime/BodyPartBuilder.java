package org.jmapproxy.mail.mime;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Collects what is known of a {@link BodyPart}; everything not told is absent. Not thread-safe. */
public final class BodyPartBuilder {
  private final String type;
  private Optional<String> partId = Optional.empty();
  private Optional<String> charset = Optional.empty();
  private Optional<String> name = Optional.empty();
  private Optional<String> disposition = Optional.empty();
  private Optional<String> cid = Optional.empty();
  private Optional<List<String>> language = Optional.empty();
  private Optional<String> location = Optional.empty();
  private long size;
  private OptionalLong decodedSize = OptionalLong.empty();
  private String transferEncoding = "7bit";
  private long lines;
  private Map<String, String> parameters = Map.of();
  private List<BodyPart> subParts = List.of();

  BodyPartBuilder(String type) {
    this.type = type;
  }

  /** Sets the IMAP section number. */
  public BodyPartBuilder partId(String number) {
    partId = Optional.of(number);
    return this;
  }

  /**
   * Sets the decoded Content-Type parameters, and from them the charset and, unless a file name was
   * set, the name.
   */
  public BodyPartBuilder parameters(Map<String, String> decoded) {
    parameters = decoded;
    if (type.startsWith("text/")) {
      charset = Optional.of(decoded.getOrDefault("charset", "us-ascii"));
    }
    if (name.isEmpty()) {
      name = Optional.ofNullable(decoded.get("name"));
    }
    return this;
  }

  /** Sets the charset. */
  public BodyPartBuilder charset(String declared) {
    charset = Optional.of(declared);
    return this;
  }

  /** Sets the file name. */
  public BodyPartBuilder name(String fileName) {
    name = Optional.of(fileName);
    return this;
  }

  /** Sets the disposition, in any case. */
  public BodyPartBuilder disposition(String value) {
    disposition = Optional.of(value.toLowerCase(Locale.ROOT));
    return this;
  }

  /** Sets the disposition with its decoded parameters, of which the file name counts. */
  public BodyPartBuilder disposition(String value, Map<String, String> decoded) {
    String fileName = decoded.get("filename");
    if (fileName != null) {
      name = Optional.of(fileName);
    }
    return disposition(value);
  }

  /** Sets the Content-Id, with or without its angle brackets. */
  public BodyPartBuilder cid(String id) {
    String bare = id.strip();
    boolean bracketed = bare.startsWith("<") && bare.endsWith(">") && bare.length() > 1;
    cid = Optional.of(bracketed ? bare.substring(1, bare.length() - 1).strip() : bare);
    return this;
  }

  /** Sets the language tags. */
  public BodyPartBuilder language(List<String> tags) {
    language = Optional.of(tags);
    return this;
  }

  /** Sets the Content-Location. */
  public BodyPartBuilder location(String uri) {
    location = Optional.of(uri);
    return this;
  }

  /** Sets the octets of the encoded body. */
  public BodyPartBuilder size(long octets) {
    size = octets;
    return this;
  }

  /** Sets the octets of the decoded body. */
  public BodyPartBuilder decodedSize(long octets) {
    decodedSize = OptionalLong.of(octets);
    return this;
  }

  /** Sets the Content-Transfer-Encoding, in any case. */
  public BodyPartBuilder transferEncoding(String encoding) {
    transferEncoding = encoding.strip().toLowerCase(Locale.ROOT);
    return this;
  }

  /** Sets the lines of the encoded body. */
  public BodyPartBuilder lines(long count) {
    lines = count;
    return this;
  }

  /** Sets the children of a multipart. */
  public BodyPartBuilder subParts(List<BodyPart> children) {
    subParts = children;
    return this;
  }

  /** The part. A text part that declared no charset is us-ascii, as MIME says. */
  public BodyPart build() {
    boolean silentText = charset.isEmpty() && type.startsWith("text/");
    return new BodyPart(
        partId,
        type,
        silentText ? Optional.of("us-ascii") : charset,
        name,
        disposition,
        cid,
        language,
        location,
        size,
        decodedSize,
        transferEncoding,
        lines,
        parameters,
        subParts);
  }
}
