package org.jmapproxy.backend.imap.internal.body;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Small bodies, one behind the other in a few files: to make a file for each would take longer than
 * to fetch it. Files go as a whole. A checksum tells what was cut or torn by a crash. Not
 * thread-safe.
 */
final class Segments implements AutoCloseable {
  /** A longer body gets a file of its own. */
  static final int LARGEST_BODY = 1 << 18;

  private static final Logger LOG = LoggerFactory.getLogger(Segments.class);
  private static final String PREFIX = "segment.";
  private static final int MAGIC = 0x4a4d4231;
  private static final int HEADER = 4 + 4 + 4 + 4;
  private static final int LONGEST_NAME = 255;
  private static final int MOST_OPEN = 3;

  private final Path directory;
  private final long segmentSize;
  private final Map<String, Place> places = new HashMap<>();
  private final LinkedHashMap<String, RandomAccessFile> open = new LinkedHashMap<>(8, 0.75f, true);
  private String current = "";
  private long end;
  private long number;

  /** Where a body lies. */
  private record Place(String segment, long offset, int length, int checksum) {}

  /**
   * Nothing yet.
   *
   * @param segmentSize octets after which another file is begun
   */
  Segments(Path directory, long segmentSize) {
    this.directory = directory;
    this.segmentSize = segmentSize;
  }

  static boolean isSegment(String file) {
    return file.startsWith(PREFIX);
  }

  /** Finds the bodies in a file of an earlier life, up to the first that is incomplete. */
  void takeUp(String segment) {
    number = Math.max(number, numberOf(segment));
    try {
      RandomAccessFile file = file(segment);
      long length = file.length();
      byte[] record = new byte[HEADER + LONGEST_NAME];
      long at = 0;
      while (at + HEADER < length) {
        file.seek(at);
        file.readFully(record, 0, (int) Math.min(record.length, length - at));
        ByteBuffer header = ByteBuffer.wrap(record);
        int magic = header.getInt();
        int nameLength = header.getInt();
        int bodyLength = header.getInt();
        int checksum = header.getInt();
        long body = at + HEADER + nameLength;
        if (magic != MAGIC || !isPlausible(nameLength, bodyLength) || body + bodyLength > length) {
          break;
        }
        String name = new String(record, HEADER, nameLength, StandardCharsets.US_ASCII);
        places.put(name, new Place(segment, body, bodyLength, checksum));
        at = body + bodyLength;
      }
    } catch (IOException e) {
      LOG.warn("{} cannot be read", segment, e);
    }
  }

  private static boolean isPlausible(int nameLength, int bodyLength) {
    return nameLength > 0
        && nameLength <= LONGEST_NAME
        && bodyLength >= 0
        && bodyLength <= LARGEST_BODY;
  }

  private static long numberOf(String segment) {
    try {
      return Long.parseLong(segment.substring(PREFIX.length()));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** The file that a body is in. */
  Optional<String> segmentOf(String name) {
    return Optional.ofNullable(places.get(name)).map(Place::segment);
  }

  /** A body; one that turns out to be damaged is forgotten. */
  Optional<byte[]> read(String name) {
    Place place = places.get(name);
    if (place == null) {
      return Optional.empty();
    }
    byte[] octets = new byte[place.length()];
    try {
      RandomAccessFile file = file(place.segment());
      file.seek(place.offset());
      file.readFully(octets);
      if (checksum(octets) == place.checksum()) {
        return Optional.of(octets);
      }
    } catch (IOException e) {
      LOG.warn("A body in {} cannot be read", place.segment(), e);
    }
    places.remove(name);
    return Optional.empty();
  }

  /**
   * Adds a body.
   *
   * @return how long its segment is now
   */
  long add(String name, byte[] octets) throws IOException {
    if (current.isEmpty() || end >= segmentSize) {
      number++;
      current = PREFIX + number;
      end = 0;
      try (OutputStream fresh = AccountFiles.newPrivateFile(directory.resolve(current))) {
        fresh.flush();
      }
    }
    byte[] nameOctets = name.getBytes(StandardCharsets.US_ASCII);
    int checksum = checksum(octets);
    byte[] record =
        ByteBuffer.allocate(HEADER + nameOctets.length + octets.length)
            .putInt(MAGIC)
            .putInt(nameOctets.length)
            .putInt(octets.length)
            .putInt(checksum)
            .put(nameOctets)
            .put(octets)
            .array();
    RandomAccessFile file = file(current);
    file.seek(end);
    file.write(record);
    places.put(name, new Place(current, end + HEADER + nameOctets.length, octets.length, checksum));
    end += record.length;
    return end;
  }

  /** Forgets a file and all that is in it; the caller deletes it. */
  void drop(String segment) {
    places.values().removeIf(place -> place.segment().equals(segment));
    close(open.remove(segment));
    if (segment.equals(current)) {
      current = "";
    }
  }

  private RandomAccessFile file(String segment) throws IOException {
    RandomAccessFile file = open.get(segment);
    if (file == null) {
      file = new RandomAccessFile(directory.resolve(segment).toFile(), "rw");
      open.put(segment, file);
      Iterator<RandomAccessFile> oldest = open.values().iterator();
      while (open.size() > MOST_OPEN) {
        close(oldest.next());
        oldest.remove();
      }
    }
    return file;
  }

  private static int checksum(byte[] octets) {
    CRC32 crc = new CRC32();
    crc.update(octets);
    return (int) crc.getValue();
  }

  private static void close(@Nullable RandomAccessFile file) {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        LOG.warn("A file of bodies cannot be closed", e);
      }
    }
  }

  /** Closes the files; they are opened again when they are needed. */
  @Override
  public void close() {
    open.values().forEach(Segments::close);
    open.clear();
  }
}
