package org.jmapproxy.mail.mime.parse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jmapproxy.mail.mime.BodyPart;
import org.jmapproxy.mail.mime.BodyPartBuilder;
import org.jspecify.annotations.Nullable;

/** A part that is being read, and all that was found of it. */
final class OpenPart {

  /** What the lines of a part are at present. */
  enum State {
    HEADER,
    BODY,
    /** Before the first boundary and after the last. */
    AROUND_PARTS,
    /** The rest of a boundary line that is longer than a window. */
    BOUNDARY_LINE
  }

  final Optional<OpenPart> parent;
  final int depth;
  State state = State.HEADER;
  ContentFields fields;
  byte @Nullable [] boundary;

  private final String base;
  private final boolean top;
  private final String defaultType;
  private final List<OpenPart> children = new ArrayList<>(0);
  private final long start;
  private long bodyStart;
  private long bodyEnd;
  private BodyPartBuilder part;
  private boolean multipart;
  private boolean digest;
  private BodyCount count = BodyCount.NONE;

  /**
   * Begins a part.
   *
   * @param base the number of the part, or of the message whose body it is
   * @param top whether it is the body of a message
   */
  private OpenPart(
      Optional<OpenPart> parent,
      String base,
      boolean top,
      String defaultType,
      long start,
      int mostContentFields) {
    this.parent = parent;
    this.depth = parent.map(p -> p.depth + 1).orElse(0);
    this.base = base;
    this.top = top;
    this.defaultType = defaultType;
    this.start = start;
    this.fields = new ContentFields(mostContentFields);
    this.part = BodyPart.builder(defaultType);
  }

  static OpenPart root(int mostContentFields) {
    return new OpenPart(Optional.empty(), "", true, "text/plain", 0, mostContentFields);
  }

  OpenPart child(long childStart, int mostContentFields) {
    OpenPart child =
        new OpenPart(
            Optional.of(this),
            multipart ? numbered(base, children.size() + 1) : section(),
            !multipart,
            digest ? "message/rfc822" : "text/plain",
            childStart,
            mostContentFields);
    children.add(child);
    return child;
  }

  /** Ends the header; the body may turn out to hold other parts. */
  StructureField headerEnds(long end, boolean mayHoldParts) {
    ContentFields.Description description = fields.describe(defaultType);
    fields = new ContentFields(0);
    bodyStart = end;
    StructureField structure = description.structure();
    boolean holdsParts = structure.isMultipart() || structure.isMessage();
    part = description.part();
    if (holdsParts && !mayHoldParts) {
      part = BodyPart.builder("application/octet-stream");
    }
    multipart = structure.isMultipart() && mayHoldParts;
    digest = multipart && structure.type().equals("multipart/digest");
    state = multipart ? State.AROUND_PARTS : State.BODY;
    if (multipart) {
      boundary =
          structure.boundary().map(b -> b.getBytes(StandardCharsets.ISO_8859_1)).orElse(null);
    } else {
      count = BodyCount.of(part.build().encoding());
    }
    return structure;
  }

  /** Whether what the body holds can be read without decoding it. */
  boolean isPlain() {
    return !count.decodes();
  }

  /** Takes a line of the body, or a piece of one. */
  void take(LineWindow lines, byte[] scratch) {
    count.take(lines, scratch);
  }

  /**
   * Ends the part.
   *
   * @param end behind the last octet that is its own
   * @param withoutBreak whether a line break came behind that, which is the boundary's
   * @return where it really ends: an empty line that ends a header is not the boundary's
   */
  long close(long end, boolean withoutBreak) {
    if (state == State.HEADER) {
      headerEnds(Math.max(start, end), true);
      boundary = null;
    }
    bodyEnd = Math.max(bodyStart, end);
    count.end(withoutBreak && bodyEnd == end);
    return bodyEnd;
  }

  /** The part and all in it, when all is read. */
  PartLayout layout() {
    List<PartLayout> parts = new ArrayList<>(children.size());
    children.forEach(child -> parts.add(child.layout()));
    OctetRange header = new OctetRange(start, bodyStart);
    OctetRange body = new OctetRange(bodyStart, bodyEnd);
    if (multipart) {
      if (parts.isEmpty()) {
        parts.add(emptyPart());
      }
      BodyPart whole = part.subParts(parts.stream().map(PartLayout::part).toList()).build();
      return new PartLayout(base, whole, header, body, body.length(), parts);
    }
    long decodedSize = count.decodes() ? count.decodedSize() : body.length();
    BodyPart leaf = part.partId(section()).size(body.length()).decodedSize(decodedSize).build();
    long lines = leaf.isText() ? count.lines() : 0;
    BodyPart counted = lines == 0 ? leaf : part.lines(lines).build();
    return new PartLayout(section(), counted, header, body, decodedSize, parts);
  }

  /** IMAP has no multipart without parts: servers tell of an empty text. */
  private PartLayout emptyPart() {
    String section = numbered(base, 1);
    OctetRange nothing = new OctetRange(bodyEnd, bodyEnd);
    BodyPart empty = BodyPart.builder("text/plain").partId(section).build();
    return new PartLayout(section, empty, nothing, nothing, 0, List.of());
  }

  private String section() {
    return top ? numbered(base, 1) : base;
  }

  private static String numbered(String base, int number) {
    return base.isEmpty() ? Integer.toString(number) : base + "." + number;
  }
}
