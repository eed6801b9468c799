package org.jmapproxy.backend.imap.internal.protocol.fetch;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A node of the MIME tree as BODYSTRUCTURE tells it (RFC 3501 section 7.4.2). What the server left
 * out or garbled is empty.
 *
 * @param section the part's number for {@code BODY[section]}; empty for a multipart at the root
 * @param type media type in lower case, {@code multipart} for a node with children
 * @param subtype media subtype in lower case
 * @param parameters of Content-Type, names in lower case; RFC 2231 continuations joined and
 *     decoded, RFC 2047 words left as sent
 * @param contentId with its angle brackets
 * @param description Content-Description as sent
 * @param encoding Content-Transfer-Encoding in lower case; empty for multiparts
 * @param size bytes as encoded; -1 if not told
 * @param lines of text; -1 if not told
 * @param disposition in lower case
 * @param dispositionParameters like {@code parameters}
 * @param languages Content-Language
 * @param location Content-Location
 * @param parts children of a multipart; the one body inside a message/rfc822
 */
public record BodyStructure(
    String section,
    String type,
    String subtype,
    Map<String, String> parameters,
    Optional<String> contentId,
    Optional<String> description,
    String encoding,
    long size,
    long lines,
    Optional<String> disposition,
    Map<String, String> dispositionParameters,
    List<String> languages,
    Optional<String> location,
    List<BodyStructure> parts) {

  public boolean isMultipart() {
    return type.equals("multipart");
  }

  public boolean isMessage() {
    return type.equals("message") && (subtype.equals("rfc822") || subtype.equals("global"));
  }

  /** {@code type/subtype}. */
  public String mediaType() {
    return type + "/" + subtype;
  }

  /** This node and all below it, also inside attached messages, in order. */
  public Stream<BodyStructure> all() {
    return Stream.concat(Stream.of(this), parts.stream().flatMap(BodyStructure::all));
  }
}
