package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jmapproxy.backend.imap.testkit.CyrusServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link CapabilitiesTest} for what Dovecot has not, or does in another way. */
class CyrusCapabilitiesTest {
  @RegisterExtension static final CyrusServer cyrus = CyrusServer.standard();

  private static String plain = "";

  static Stream<List<String>> hidden() {
    return Stream.of(
        List.of(),
        List.of("QRESYNC"),
        List.of("QRESYNC", "CONDSTORE"),
        List.of("OBJECTID"),
        List.of("MOVE"),
        List.of("UIDPLUS"),
        List.of("LIST-STATUS"));
  }

  @BeforeAll
  static void seeWhatPlainImapShows() {
    List<String> all = new ArrayList<>(CapabilitiesTest.EVERYTHING);
    all.add("OBJECTID");
    plain = CapabilitiesTest.shownWithout(cyrus, all);
  }

  @ParameterizedTest
  @MethodSource("hidden")
  void aServerWithoutItHasTheSameMail(List<String> words) {
    assertThat(CapabilitiesTest.shownWithout(cyrus, words)).isEqualTo(plain);
  }
}
