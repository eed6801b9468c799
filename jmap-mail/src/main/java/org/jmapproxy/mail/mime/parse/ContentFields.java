package org.jmapproxy.mail.mime.parse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.mail.header.HeaderBlock;
import org.jmapproxy.mail.header.HeaderField;
import org.jmapproxy.mail.header.TextForm;
import org.jmapproxy.mail.mime.BodyPart;
import org.jmapproxy.mail.mime.BodyPartBuilder;
import org.jmapproxy.mail.mime.ParameterizedValue;

/**
 * The Content fields of one header; all others are passed over, whatever their size. Of equal
 * fields the one counts that servers take: the first, but of dispositions the last.
 */
final class ContentFields {
  private static final byte[] PREFIX = "content-".getBytes(StandardCharsets.US_ASCII);

  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream(0);
  private final int most;
  private boolean inContentField;

  ContentFields(int most) {
    this.most = most;
  }

  /** Looks at a line of the header, or at a piece of one. */
  void take(LineWindow lines) {
    byte first = lines.octets[lines.from];
    if (lines.beginsLine && first != ' ' && first != '\t') {
      inContentField = isContentField(lines);
    }
    if (inContentField) {
      int length = Math.min(lines.to - lines.from, most - kept.size());
      kept.write(lines.octets, lines.from, length);
    }
  }

  private static boolean isContentField(LineWindow lines) {
    if (lines.to - lines.from < PREFIX.length) {
      return false;
    }
    for (int i = 0; i < PREFIX.length; i++) {
      int c = lines.octets[lines.from + i];
      if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != PREFIX[i]) {
        return false;
      }
    }
    return true;
  }

  int size() {
    return kept.size();
  }

  /** What the fields say. */
  Description describe(String defaultType) {
    if (kept.size() == 0) {
      return new Description(StructureField.ofType(defaultType), BodyPart.builder(defaultType));
    }
    HeaderBlock header = HeaderBlock.of(kept.toByteArray());
    Optional<HeaderField> typeField = first(header, "Content-Type");
    StructureField structure =
        typeField
            .map(field -> StructureField.of(octets(field)))
            .orElse(StructureField.ofType(defaultType));
    BodyPartBuilder part = BodyPart.builder(shownType(structure));
    part.parameters(
        typeField
            .map(field -> ParameterizedValue.parse(field.parseable()).parameters())
            .orElse(Map.of()));
    header
        .last("Content-Disposition")
        .map(field -> ParameterizedValue.parse(field.parseable()))
        .filter(disposition -> !disposition.value().isEmpty())
        .ifPresent(value -> part.disposition(value.value(), value.parameters()));
    first(header, "Content-Transfer-Encoding")
        .map(field -> ParameterizedValue.parse(field.parseable()).value())
        .filter(encoding -> !encoding.isEmpty())
        .ifPresent(part::transferEncoding);
    text(header, "Content-Id").ifPresent(part::cid);
    text(header, "Content-Location").ifPresent(part::location);
    text(header, "Content-Language").map(ContentFields::tags).ifPresent(part::language);
    return new Description(structure, part);
  }

  /** What is not taken apart although its malformed field means so is shown as text. */
  private static String shownType(StructureField structure) {
    boolean container =
        structure.type().startsWith("multipart/") || structure.type().startsWith("message/");
    boolean unclear = structure.type().isEmpty() || (container && !structure.wellFormed());
    return unclear ? "text/plain" : structure.type();
  }

  /**
   * What is known of a part when its header is over.
   *
   * @param structure how to take it apart
   * @param part what it is
   */
  record Description(StructureField structure, BodyPartBuilder part) {}

  private static Optional<HeaderField> first(HeaderBlock header, String name) {
    return header.all(name).stream().findFirst();
  }

  private static Optional<String> text(HeaderBlock header, String name) {
    return first(header, name)
        .map(field -> TextForm.of(field.parseable()).strip())
        .filter(value -> !value.isEmpty());
  }

  private static List<String> tags(String value) {
    return Arrays.stream(value.split(",")).map(String::strip).filter(t -> !t.isEmpty()).toList();
  }

  /** One character for each octet. Where the value is not UTF-8 it was read as windows-1252. */
  private static String octets(HeaderField field) {
    boolean utf8 = field.value().equals(field.parseable());
    byte[] octets = field.parseable().getBytes(utf8 ? StandardCharsets.UTF_8 : WINDOWS_1252);
    return new String(octets, StandardCharsets.ISO_8859_1);
  }
}
