package org.jmapproxy.backend.imap.internal.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** A set of UIDs (1 to 4294967295) held as ascending ranges. Immutable. */
public final class UidSet {
  /** The largest UID; written {@code *} at the end of a range. */
  public static final long MAX = 0xFFFF_FFFFL;

  public static final UidSet EMPTY = new UidSet(new long[0], 0);

  /** Pairs of first and last, ascending, neither overlapping nor touching. */
  private final long[] ranges;

  private UidSet(long[] source, int length) {
    ranges = Arrays.copyOf(source, length);
  }

  public static UidSet of(long... uids) {
    long[] sorted = uids.clone();
    Arrays.sort(sorted);
    Builder builder = builder();
    for (long uid : sorted) {
      builder.add(uid);
    }
    return builder.build();
  }

  /** All UIDs from {@code first} to {@code last}, both included; empty if there are none. */
  public static UidSet range(long first, long last) {
    return builder().addRange(first, last).build();
  }

  /** All UIDs from {@code first} on, those to come included. */
  public static UidSet from(long first) {
    return range(first, MAX);
  }

  public static UidSet of(LongStream uids) {
    return of(uids.toArray());
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Reads {@code 1,3:5,9:*} in any order; empty if it is not of that form. */
  public static Optional<UidSet> parse(CharSequence text) {
    List<long[]> pairs = new ArrayList<>();
    int i = 0;
    int length = text.length();
    while (i < length) {
      long first = 0;
      long last = -1;
      boolean digits = false;
      for (; i < length && text.charAt(i) != ','; i++) {
        char c = text.charAt(i);
        if (c == ':' && digits && last < 0) {
          last = first;
          first = 0;
          digits = false;
        } else if (c == '*' && !digits) {
          first = MAX;
          digits = true;
        } else if (c >= '0' && c <= '9' && first <= MAX) {
          first = first * 10 + (c - '0');
          digits = true;
        } else {
          return Optional.empty();
        }
      }
      i++;
      if (!digits || first < 1 || first > MAX || last == 0) {
        return Optional.empty();
      }
      long other = last < 0 ? first : last;
      pairs.add(new long[] {Math.min(first, other), Math.max(first, other)});
    }
    pairs.sort((a, b) -> Long.compare(a[0], b[0]));
    Builder builder = builder();
    pairs.forEach(pair -> builder.addRange(pair[0], pair[1]));
    return Optional.of(builder.build());
  }

  public boolean isEmpty() {
    return ranges.length == 0;
  }

  /** How many UIDs are in the set. */
  public long size() {
    long size = 0;
    for (int i = 0; i < ranges.length; i += 2) {
      size += ranges[i + 1] - ranges[i] + 1;
    }
    return size;
  }

  /**
   * The smallest UID.
   *
   * @throws java.util.NoSuchElementException if the set is empty
   */
  public long first() {
    requireAny();
    return ranges[0];
  }

  /**
   * The largest UID.
   *
   * @throws java.util.NoSuchElementException if the set is empty
   */
  public long last() {
    requireAny();
    return ranges[ranges.length - 1];
  }

  public boolean contains(long uid) {
    int low = 0;
    int high = ranges.length / 2 - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (uid < ranges[2 * middle]) {
        high = middle - 1;
      } else if (uid > ranges[2 * middle + 1]) {
        low = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }

  public UidSet union(UidSet other) {
    Builder builder = builder();
    int a = 0;
    int b = 0;
    while (a < ranges.length || b < other.ranges.length) {
      if (b >= other.ranges.length || (a < ranges.length && ranges[a] <= other.ranges[b])) {
        builder.addRange(ranges[a], ranges[a + 1]);
        a += 2;
      } else {
        builder.addRange(other.ranges[b], other.ranges[b + 1]);
        b += 2;
      }
    }
    return builder.build();
  }

  /** The UIDs of this set that are not in the other. */
  public UidSet minus(UidSet other) {
    Builder builder = builder();
    int b = 0;
    for (int a = 0; a < ranges.length; a += 2) {
      long from = ranges[a];
      long last = ranges[a + 1];
      while (b < other.ranges.length && other.ranges[b + 1] < from) {
        b += 2;
      }
      for (int c = b; c < other.ranges.length && other.ranges[c] <= last; c += 2) {
        builder.addRange(from, other.ranges[c] - 1);
        from = other.ranges[c + 1] + 1;
      }
      builder.addRange(from, last);
    }
    return builder.build();
  }

  /** The UIDs that are in both sets. */
  public UidSet intersect(UidSet other) {
    return minus(minus(other));
  }

  /** All UIDs, ascending. Bound the set first: {@code 1:*} has four thousand million. */
  public LongStream stream() {
    return ranges().stream().flatMapToLong(r -> LongStream.rangeClosed(r.first(), r.last()));
  }

  /** The ranges, ascending, with gaps between them. */
  public List<Range> ranges() {
    List<Range> list = new ArrayList<>(ranges.length / 2);
    for (int i = 0; i < ranges.length; i += 2) {
      list.add(new Range(ranges[i], ranges[i + 1]));
    }
    return list;
  }

  /** UIDs from first to last, both included. */
  public record Range(long first, long last) {}

  /**
   * Cuts the set, ascending, into sets of at most {@code most} UIDs whose text has at most {@code
   * mostCharacters} characters, so that each fits a command line.
   */
  public List<UidSet> chunks(int most, int mostCharacters) {
    List<UidSet> chunks = new ArrayList<>();
    Builder builder = builder();
    long count = 0;
    int characters = 0;
    for (int i = 0; i < ranges.length; i += 2) {
      long from = ranges[i];
      int needed = digits(from) + digits(ranges[i + 1]) + 2;
      while (from <= ranges[i + 1]) {
        if (count == most || (count > 0 && characters + needed > mostCharacters)) {
          chunks.add(builder.build());
          builder = builder();
          count = 0;
          characters = 0;
        }
        long to = Math.min(ranges[i + 1], from + (most - count) - 1);
        builder.addRange(from, to);
        count += to - from + 1;
        characters += needed;
        from = to + 1;
      }
    }
    if (count > 0) {
      chunks.add(builder.build());
    }
    return chunks;
  }

  /** Cuts into sets of at most {@code most} UIDs and 8000 characters. */
  public List<UidSet> chunks(int most) {
    return chunks(most, 8000);
  }

  /** The set as IMAP writes it: {@code 1,3:5,9:*}; an empty text for the empty set. */
  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(ranges.length * 6);
    for (int i = 0; i < ranges.length; i += 2) {
      if (i > 0) {
        out.append(',');
      }
      out.append(ranges[i]);
      if (ranges[i + 1] != ranges[i]) {
        out.append(':');
        out.append(ranges[i + 1] == MAX ? "*" : Long.toString(ranges[i + 1]));
      }
    }
    return out.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UidSet set && Arrays.equals(ranges, set.ranges);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ranges);
  }

  private void requireAny() {
    if (ranges.length == 0) {
      throw new java.util.NoSuchElementException("The set is empty");
    }
  }

  private static int digits(long value) {
    return Long.toString(value).length();
  }

  /** Collects UIDs; cheapest when they come in ascending order. Not thread-safe. */
  public static final class Builder {
    private long[] pairs = new long[16];
    private int length;
    private List<long[]> unordered = new ArrayList<>();

    private Builder() {}

    public Builder add(long uid) {
      return addRange(uid, uid);
    }

    /** Adds all UIDs from {@code first} to {@code last}; nothing if there are none. */
    public Builder addRange(long first, long last) {
      if (first > last) {
        return this;
      }
      if (first < 1 || last > MAX) {
        throw new IllegalArgumentException("Not a range of UIDs: " + first + ":" + last);
      }
      if (length > 0 && first < pairs[length - 2]) {
        unordered.add(new long[] {first, last});
      } else if (length > 0 && first <= pairs[length - 1] + 1) {
        pairs[length - 1] = Math.max(pairs[length - 1], last);
      } else {
        if (length == pairs.length) {
          pairs = Arrays.copyOf(pairs, 2 * length);
        }
        pairs[length++] = first;
        pairs[length++] = last;
      }
      return this;
    }

    public UidSet build() {
      if (!unordered.isEmpty()) {
        sort();
      }
      return length == 0 ? EMPTY : new UidSet(pairs, length);
    }

    private void sort() {
      List<long[]> all = unordered;
      unordered = new ArrayList<>();
      for (int i = 0; i < length; i += 2) {
        all.add(new long[] {pairs[i], pairs[i + 1]});
      }
      length = 0;
      all.sort((a, b) -> Long.compare(a[0], b[0]));
      all.forEach(pair -> addRange(pair[0], pair[1]));
    }
  }
}
