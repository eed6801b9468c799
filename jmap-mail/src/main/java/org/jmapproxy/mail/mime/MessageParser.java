package org.jmapproxy.mail.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.mail.header.HeaderBlock;

/** Finds the parts of one message (RFC 2046 section 5.1). For one use. */
final class MessageParser {

  private static final int DEEPEST = 100;
  private static final int MOST_PARTS = 10_000;

  private final byte[] octets;
  private final Map<String, ParsedMessage.Leaf> leaves = new HashMap<>();
  private final Map<String, HeaderBlock> headers = new HashMap<>();
  private int parts;

  MessageParser(byte[] octets) {
    this.octets = octets;
  }

  /** A stretch of the message. */
  private record Range(int start, int end) {}

  ParsedMessage parse() {
    Range whole = new Range(0, octets.length);
    BodyPart root = entity(whole, "", 0, "text/plain");
    return new ParsedMessage(octets, root, headers, leaves);
  }

  private BodyPart entity(Range range, String path, int depth, String defaultType) {
    parts++;
    int bodyStart = bodyStart(range);
    HeaderBlock header = header(range);
    headers.put(path, header);
    Optional<ParameterizedValue> declared =
        header.last("Content-Type").map(field -> ParameterizedValue.parse(field.parseable()));
    ParameterizedValue contentType =
        declared
            .filter(value -> value.value().indexOf('/') > 0)
            .orElse(new ParameterizedValue(defaultType, Map.of()));
    Range body = new Range(bodyStart, range.end());
    List<Range> children = depth < DEEPEST ? children(contentType, body) : List.of();
    if (!children.isEmpty()) {
      return multipart(contentType, children, path, depth);
    }
    return leaf(header, contentType, body, path.isEmpty() ? "1" : path);
  }

  private BodyPart multipart(
      ParameterizedValue contentType, List<Range> children, String path, int depth) {
    String prefix = path.isEmpty() ? "" : path + ".";
    boolean digest = contentType.value().equals("multipart/digest");
    List<BodyPart> subParts = new ArrayList<>();
    for (int i = 0; i < children.size() && parts < MOST_PARTS; i++) {
      String type = digest ? "message/rfc822" : "text/plain";
      subParts.add(entity(children.get(i), prefix + (i + 1), depth + 1, type));
    }
    return BodyPart.builder(contentType.value())
        .parameters(contentType.parameters())
        .subParts(subParts)
        .build();
  }

  private BodyPart leaf(
      HeaderBlock header, ParameterizedValue contentType, Range body, String partId) {
    boolean brokenMultipart = contentType.value().startsWith("multipart/");
    BodyPartBuilder builder =
        BodyPart.builder(brokenMultipart ? "text/plain" : contentType.value())
            .partId(partId)
            .parameters(contentType.parameters())
            .size(body.end() - body.start());
    header
        .last("Content-Disposition")
        .map(field -> ParameterizedValue.parse(field.parseable()))
        .filter(disposition -> !disposition.value().isEmpty())
        .ifPresent(value -> builder.disposition(value.value(), value.parameters()));
    text(header, "Content-Transfer-Encoding").ifPresent(builder::transferEncoding);
    text(header, "Content-Id").ifPresent(builder::cid);
    text(header, "Content-Location").ifPresent(builder::location);
    text(header, "Content-Language")
        .map(tags -> Arrays.stream(tags.split(",")).map(String::strip).toList())
        .ifPresent(builder::language);
    BodyPart part = builder.build();
    headers.put(partId, header);
    leaves.put(partId, new ParsedMessage.Leaf(part, body.start(), body.end()));
    return part;
  }

  private static Optional<String> text(HeaderBlock header, String name) {
    return header.text(name).map(String::strip).filter(value -> !value.isEmpty());
  }

  /** The entities between the boundary lines; none if this is no multipart or has no boundary. */
  private List<Range> children(ParameterizedValue contentType, Range body) {
    String boundary = contentType.parameters().getOrDefault("boundary", "");
    if (!contentType.value().startsWith("multipart/") || boundary.isEmpty()) {
      return List.of();
    }
    byte[] delimiter = ("--" + boundary).getBytes(StandardCharsets.UTF_8);
    List<Range> children = new ArrayList<>();
    int childStart = -1;
    int line = body.start();
    while (line < body.end() && children.size() < MOST_PARTS) {
      int next = nextLine(line, body.end());
      if (isDelimiter(delimiter, line, next)) {
        if (childStart >= 0) {
          children.add(new Range(childStart, withoutLineBreak(childStart, line)));
        }
        boolean close = isClose(delimiter, line, next);
        childStart = close ? -1 : next;
        if (close) {
          return children;
        }
      }
      line = next;
    }
    if (childStart >= 0) {
      children.add(new Range(childStart, body.end()));
    }
    return children;
  }

  /** Nothing but white space or the closing hyphens may follow the delimiter. */
  private boolean isDelimiter(byte[] delimiter, int line, int next) {
    int after = line + delimiter.length;
    if (after > next || !Arrays.equals(octets, line, after, delimiter, 0, delimiter.length)) {
      return false;
    }
    int i = isClose(delimiter, line, next) ? after + 2 : after;
    while (i < next && octets[i] <= ' ' && octets[i] >= 0) {
      i++;
    }
    return i == next;
  }

  private boolean isClose(byte[] delimiter, int line, int next) {
    int after = line + delimiter.length;
    return after + 2 <= next && octets[after] == '-' && octets[after + 1] == '-';
  }

  /** The line break in front of a boundary belongs to the boundary. */
  private int withoutLineBreak(int start, int end) {
    int last = end;
    if (last > start && octets[last - 1] == '\n') {
      last--;
    }
    return last > start && last < end && octets[last - 1] == '\r' ? last - 1 : last;
  }

  private HeaderBlock header(Range range) {
    return HeaderBlock.of(Arrays.copyOfRange(octets, range.start(), bodyStart(range)));
  }

  private int bodyStart(Range range) {
    int line = range.start();
    while (line < range.end()) {
      int next = nextLine(line, range.end());
      boolean empty = octets[line] == '\n' || (octets[line] == '\r' && next - line <= 2);
      if (empty) {
        return next;
      }
      line = next;
    }
    return range.end();
  }

  private int nextLine(int from, int end) {
    for (int i = from; i < end; i++) {
      if (octets[i] == '\n') {
        return i + 1;
      }
    }
    return end;
  }
}
