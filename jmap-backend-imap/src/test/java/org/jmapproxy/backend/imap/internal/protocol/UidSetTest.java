package org.jmapproxy.backend.imap.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UidSetTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | 1",
        "1,2,3 | 1:3",
        "3,1,2 | 1:3",
        "5:3,1 | 1,3:5",
        "1:4,2:3,5 | 1:5",
        "7:* | 7:*",
        "*:7 | 7:*",
        "4294967295 | 4294967295"
      })
  void anyFormIsReadAndWrittenCompactly(String text, String compact) {
    assertThat(UidSet.parse(text).orElseThrow()).hasToString(compact);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1:0", "a", "1,,2", "1:2:3", ":1", "1:", "4294967296", "-1", "1 2"})
  void whatIsNoSetIsEmpty(String text) {
    assertThat(UidSet.parse(text)).isEmpty();
  }

  @Test
  void setAlgebraAgreesWithPlainSets() {
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      Set<Long> a = sample(random);
      Set<Long> b = sample(random);
      assertThat(elements(of(a).union(of(b)))).isEqualTo(combined(a, b));
      assertThat(elements(of(a).minus(of(b)))).isEqualTo(without(a, b));
      assertThat(elements(of(a).intersect(of(b)))).isEqualTo(without(a, without(a, b)));
      assertThat(of(a).size()).isEqualTo(a.size());
      assertThat(LongStream.rangeClosed(1, 60).allMatch(u -> of(a).contains(u) == a.contains(u)))
          .isTrue();
      assertThat(UidSet.parse(of(a).toString())).hasValue(of(a));
    }
  }

  @Test
  void chunksAreBoundedInUidsAndInCharactersAndLoseNothing() {
    UidSet sparse = UidSet.of(LongStream.range(0, 5000).map(i -> 1 + i * 3));
    List<UidSet> chunks = sparse.chunks(1000, 500);
    assertThat(chunks).allMatch(chunk -> chunk.toString().length() <= 500);
    assertThat(chunks.stream().reduce(UidSet.EMPTY, UidSet::union)).isEqualTo(sparse);

    List<UidSet> dense = UidSet.range(1, 2500).chunks(1000);
    assertThat(dense)
        .extracting(UidSet::toString)
        .containsExactly("1:1000", "1001:2000", "2001:2500");
  }

  @Test
  void anEmptySetHasNoEnds() {
    assertThat(UidSet.EMPTY.isEmpty()).isTrue();
    assertThatThrownBy(UidSet.EMPTY::first).isInstanceOf(NoSuchElementException.class);
    assertThat(UidSet.range(5, 4)).isEqualTo(UidSet.EMPTY);
  }

  private static Set<Long> sample(Random random) {
    int size = random.nextInt(20);
    return random.longs(size, 1, 60).boxed().collect(Collectors.toCollection(TreeSet::new));
  }

  private static UidSet of(Set<Long> uids) {
    return UidSet.of(uids.stream().mapToLong(Long::longValue));
  }

  private static Set<Long> elements(UidSet set) {
    return set.stream().boxed().collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<Long> combined(Set<Long> a, Set<Long> b) {
    Set<Long> all = new TreeSet<>(a);
    all.addAll(b);
    return all;
  }

  private static Set<Long> without(Set<Long> a, Set<Long> b) {
    Set<Long> rest = new TreeSet<>(a);
    rest.removeAll(b);
    return rest;
  }
}
