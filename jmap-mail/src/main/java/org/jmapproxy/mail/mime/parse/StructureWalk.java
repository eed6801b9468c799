package org.jmapproxy.mail.mime.parse;

import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.jmapproxy.mail.charset.OctetDecoder;

/** One pass over a message (RFC 2046 section 5.1). For one use by one thread. */
final class StructureWalk {
  /** What of the Content fields of a header is looked at even if there were far too many before. */
  private static final int LEAST_CONTENT_FIELDS = 1024;

  private final LineWindow lines;
  private final ParseLimits limits;
  private byte[] scratch = new byte[0];
  private final OpenPart root;
  private OpenPart current;
  private int parts = 1;
  private int kept;

  StructureWalk(InputStream message, ParseLimits limits) {
    this.lines = new LineWindow(message);
    this.limits = limits;
    this.root = OpenPart.root(mostContentFields());
    this.current = root;
  }

  MessageLayout toEnd() {
    int lastBreak = 0;
    while (lines.next()) {
      Optional<OpenPart> multipart = boundary();
      if (multipart.isPresent()) {
        boundaryLine(multipart.get(), lastBreak);
      } else {
        line();
      }
      lastBreak = lines.lineBreak();
    }
    long size = lines.endPosition();
    closeUpTo(Optional.empty(), size, false);
    return new MessageLayout(root.layout(), size);
  }

  /** The open multipart whose boundary this line is: the one with the longest that fits. */
  private Optional<OpenPart> boundary() {
    boolean possible =
        lines.beginsLine
            && lines.to - lines.from >= 2
            && lines.octets[lines.from] == '-'
            && lines.octets[lines.from + 1] == '-';
    if (!possible || parts >= limits.parts()) {
      return Optional.empty();
    }
    Optional<OpenPart> best = Optional.empty();
    int longest = -1;
    int length = lines.to - lines.from - lines.lineBreak() - 2;
    Optional<OpenPart> open = Optional.of(current);
    while (open.isPresent()) {
      byte[] boundary = open.get().boundary;
      if (boundary != null && boundary.length > longest && startsWith(boundary, length)) {
        best = open;
        longest = boundary.length;
      }
      open = open.get().parent;
    }
    return best;
  }

  private boolean startsWith(byte[] boundary, int length) {
    int start = lines.from + 2;
    return boundary.length <= length
        && Arrays.equals(
            lines.octets, start, start + boundary.length, boundary, 0, boundary.length);
  }

  private void boundaryLine(OpenPart multipart, int lastBreak) {
    int length = multipart.boundary == null ? 0 : multipart.boundary.length;
    int after = lines.from + 2 + length;
    boolean last =
        after + 2 <= lines.to && lines.octets[after] == '-' && lines.octets[after + 1] == '-';
    closeUpTo(Optional.of(multipart), lines.position() - lastBreak, lastBreak > 0);
    current = multipart;
    if (last) {
      multipart.boundary = null;
      multipart.state = OpenPart.State.AROUND_PARTS;
    } else {
      multipart.state = OpenPart.State.BOUNDARY_LINE;
      openPartAfterBoundary();
    }
  }

  private void line() {
    switch (current.state) {
      case HEADER -> {
        if (lines.isEmptyLine()) {
          headerEnds();
        } else {
          current.fields.take(lines);
        }
      }
      case BODY -> current.take(lines, scratch());
      case BOUNDARY_LINE -> openPartAfterBoundary();
      case AROUND_PARTS -> {}
    }
  }

  /** Room for what a piece of the present part decodes to. */
  private byte[] scratch() {
    int needed = current.isPlain() ? 0 : lines.octets.length + OctetDecoder.SPARE;
    if (scratch.length < needed) {
      scratch = new byte[needed];
    }
    return scratch;
  }

  private void headerEnds() {
    kept += current.fields.size();
    boolean mayHoldParts = current.depth + 1 < limits.depth();
    StructureField structure = current.headerEnds(lines.endPosition(), mayHoldParts);
    boolean openMessage = structure.isMessage() && mayHoldParts && current.isPlain();
    if (openMessage && parts < limits.parts()) {
      open();
    }
  }

  private void openPartAfterBoundary() {
    if (lines.endsLine()) {
      current.state = OpenPart.State.AROUND_PARTS;
      open();
    }
  }

  private void open() {
    parts++;
    current = current.child(lines.endPosition(), mostContentFields());
  }

  private int mostContentFields() {
    int left = Math.min(limits.contentFieldOctets(), limits.keptOctets() - kept);
    return Math.max(LEAST_CONTENT_FIELDS, left);
  }

  private void closeUpTo(Optional<OpenPart> multipart, long end, boolean withoutBreak) {
    Optional<OpenPart> open = Optional.of(current);
    long innerEnd = end;
    while (open.isPresent() && !open.equals(multipart)) {
      innerEnd = open.get().close(innerEnd, withoutBreak);
      open = open.get().parent;
    }
  }
}
