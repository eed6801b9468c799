package org.jmapproxy.backend.imap.internal.store.mail;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jmapproxy.mail.mime.BodyPart;

/** Writes MIME structures compactly: lengths and numbers in groups of seven bits. */
final class StructureCodec {

  private static final byte VERSION = 1;

  private StructureCodec() {}

  static byte[] encode(BodyPart part) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    out.write(VERSION);
    write(out, part);
    return out.toByteArray();
  }

  static BodyPart decode(byte[] octets) {
    ByteBuffer in = ByteBuffer.wrap(octets);
    byte version = in.get();
    if (version != VERSION) {
      throw new IllegalStateException("a structure of unknown version " + version);
    }
    return readPart(in);
  }

  private static void write(ByteArrayOutputStream out, BodyPart part) {
    write(out, part.partId());
    write(out, part.type());
    write(out, part.charset());
    write(out, part.name());
    write(out, part.disposition());
    write(out, part.cid());
    write(out, part.language().map(List::size).map(size -> size + 1L).orElse(0L));
    part.language().orElse(List.of()).forEach(tag -> write(out, tag));
    write(out, part.location());
    write(out, part.size());
    write(out, part.transferEncoding());
    write(out, part.lines());
    write(out, (long) part.parameters().size());
    part.parameters()
        .forEach(
            (name, value) -> {
              write(out, name);
              write(out, value);
            });
    write(out, (long) part.subParts().size());
    part.subParts().forEach(child -> write(out, child));
  }

  private static BodyPart readPart(ByteBuffer in) {
    return new BodyPart(
        readOptional(in),
        readString(in),
        readOptional(in),
        readOptional(in),
        readOptional(in),
        readOptional(in),
        readLanguage(in),
        readOptional(in),
        readNumber(in),
        OptionalLong.empty(),
        readString(in),
        readNumber(in),
        readParameters(in),
        readParts(in));
  }

  private static Optional<List<String>> readLanguage(ByteBuffer in) {
    long count = readNumber(in);
    if (count == 0) {
      return Optional.empty();
    }
    List<String> tags = new ArrayList<>();
    for (long i = 1; i < count; i++) {
      tags.add(readString(in));
    }
    return Optional.of(tags);
  }

  private static Map<String, String> readParameters(ByteBuffer in) {
    long count = readNumber(in);
    Map<String, String> parameters = new LinkedHashMap<>();
    for (long i = 0; i < count; i++) {
      String name = readString(in);
      parameters.put(name, readString(in));
    }
    return parameters;
  }

  private static List<BodyPart> readParts(ByteBuffer in) {
    long count = readNumber(in);
    List<BodyPart> parts = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      parts.add(readPart(in));
    }
    return parts;
  }

  private static void write(ByteArrayOutputStream out, Optional<String> text) {
    if (text.isEmpty()) {
      write(out, 0);
    } else {
      byte[] octets = text.get().getBytes(StandardCharsets.UTF_8);
      write(out, octets.length + 1L);
      out.writeBytes(octets);
    }
  }

  private static Optional<String> readOptional(ByteBuffer in) {
    long length = readNumber(in);
    return length == 0 ? Optional.empty() : Optional.of(readText(in, (int) length - 1));
  }

  private static void write(ByteArrayOutputStream out, String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    write(out, octets.length);
    out.writeBytes(octets);
  }

  private static String readString(ByteBuffer in) {
    return readText(in, (int) readNumber(in));
  }

  private static String readText(ByteBuffer in, int length) {
    byte[] octets = new byte[length];
    in.get(octets);
    return new String(octets, StandardCharsets.UTF_8);
  }

  /** Negative numbers stand for "not known" and become 0. */
  private static void write(ByteArrayOutputStream out, long number) {
    long left = Math.max(0, number);
    while (left > 0x7f) {
      out.write((int) (left & 0x7f) | 0x80);
      left >>>= 7;
    }
    out.write((int) left);
  }

  private static long readNumber(ByteBuffer in) {
    long number = 0;
    for (int shift = 0; ; shift += 7) {
      byte group = in.get();
      number |= (long) (group & 0x7f) << shift;
      if (group >= 0) {
        return number;
      }
    }
  }
}
