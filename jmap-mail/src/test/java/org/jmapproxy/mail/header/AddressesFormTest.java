package org.jmapproxy.mail.header;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesFormTest {

  private static String written(List<EmailAddress> addresses) {
    return addresses.stream()
        .map(a -> a.name().map(name -> name + " ").orElse("") + "<" + a.email() + ">")
        .collect(Collectors.joining(", "));
  }

  /** RFC 5322 appendix A. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          John Doe <jdoe@machine.example>             | John Doe <jdoe@machine.example>
          "Joe Q. Public" <john.q.public@example.com> | Joe Q. Public <john.q.public@example.com>
          Mary Smith <mary@x.test>, jdoe@example.org, Who? <one@y.test> | Mary Smith <mary@x.test>, <jdoe@example.org>, Who? <one@y.test>
          <boss@nil.test>, "Giant; \\"Big\\" Box" <sysservices@example.net> | <boss@nil.test>, Giant; "Big" Box <sysservices@example.net>
          A Group:Ed Jones <c@a.test>,joe@where.test,John <jdoe@one.test>; | Ed Jones <c@a.test>, <joe@where.test>, John <jdoe@one.test>
          Undisclosed recipients:;                    | ``
          Pete(A nice \\) chap) <pete(his account)@silly.test(his host)> | Pete <pete@silly.test>
          A Group(Some people) :Chris Jones <c@(Chris's host.)public.example>, joe@example.org, John <jdoe@one.test> (my dear friend); (the end of the group) | Chris Jones <c@public.example>, <joe@example.org>, John <jdoe@one.test>
          (Empty list)(start)Hidden recipients  :(nobody(that I know))  ; | ``
          Joe Q. Public <john.q.public@example.com>   | Joe Q. Public <john.q.public@example.com>
          Mary Smith <@node.test:mary@example.net>, , jdoe@test  . example | Mary Smith <mary@example.net>, <jdoe@test.example>
          """)
  void readsTheExamplesOfRfc5322(String raw, String expected) {
    assertThat(written(AddressesForm.of(raw))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          =?UTF-8?Q?J=C3=B6rg?= =?UTF-8?Q?_M?= <j@x>  | Jörg M <j@x>
          =?UTF-8?Q?M=C3=BCller,_Jan?= <j@x>, b@y     | Müller, Jan <j@x>, <b@y>
          "=?UTF-8?Q?J=C3=B6rg?=" <j@x>               | Jörg <j@x>
          "a =?UTF-8?Q?J=C3=B6rg?=" <j@x>             | a =?UTF-8?Q?J=C3=B6rg?= <j@x>
          j@x (=?UTF-8?Q?J=C3=B6rg?=)                 | Jörg <j@x>
          j@x (John (Jack) Doe)                       | John (Jack) Doe <j@x>
          <j@x> (John)                                | John <j@x>
          a@x; b@y; c@z                               | <a@x>, <b@y>, <c@z>
          a@x b@y                                     | <a@x>, <b@y>
          John Doe john@x                             | John Doe <john@x>
          A <a@x> B <b@y>                             | A <a@x>, B <b@y>
          A <a@x> trailing, b@y                       | A <a@x>, <b@y>
          <<a@x>>                                     | <a@x>
          a@x>                                        | <a@x>
          A <a@x, B <b@y>                             | A <a@x>, B <b@y>
          A <a@x                                      | A <a@x>
          "unclosed <a@x>, b@y                        | unclosed <a@x>, <b@y>
          A (unclosed <a@x>, b@y                      | A unclosed <a@x>, <b@y>
          undisclosed-recipients                      | <undisclosed-recipients>
          John                                        | <John>
          "John Doe"                                  | <John Doe>
          "Mail Delivery" <>                          | Mail Delivery <>
          <>                                          | ``
          < john . doe @ x . y >                      | <john.doe@x.y>
          "john doe"@x.y                              | <"john doe"@x.y>
          <"john doe"@x.y>                            | <"john doe"@x.y>
          <"a>b"@x.y>                                 | <"a>b"@x.y>
          root@[192.0.2.1], a@[IPv6:2001:db8::1]      | <root@[192.0.2.1]>, <a@[IPv6:2001:db8::1]>
          mailto:a@x                                  | <a@x>
          A <mailto:a@x>                              | A <a@x>
          [List] Name <a@x>                           | [List] Name <a@x>
          ,,;,                                        | ``
          Friends: a@x                                | <a@x>
          "  James  Smythe " <a@x>                    | James  Smythe <a@x>
          john@x (one) (two)                          | one <john@x>
          Jörg Müller <jörg@müller.example>           | Jörg Müller <jörg@müller.example>
          """)
  void readsWhatTheWildContains(String raw, String expected) {
    assertThat(written(AddressesForm.of(raw))).isEqualTo(expected);
  }

  @Test
  void keepsGroupsAsRfc8621Shows() {
    String raw =
        """
           "  James Smythe" <james@example.com>, Friends:\r
           jane@example.com, =?UTF-8?Q?John_Sm=C3=AEth?=\r
           <john@example.com>;""";
    assertThat(AddressesForm.grouped(raw))
        .containsExactly(
            new EmailAddressGroup(
                Optional.empty(),
                List.of(new EmailAddress(Optional.of("James Smythe"), "james@example.com"))),
            new EmailAddressGroup(
                Optional.of("Friends"),
                List.of(
                    new EmailAddress(Optional.empty(), "jane@example.com"),
                    new EmailAddress(Optional.of("John Smîth"), "john@example.com"))));
  }

  @Test
  void keepsEmptyGroupsAndWhatFollowsThem() {
    assertThat(AddressesForm.grouped("Nobody:;, a@x, \"Big, Group\": b@y;"))
        .extracting(group -> group.name().orElse("-") + written(group.addresses()))
        .containsExactly("Nobody", "-<a@x>", "Big, Group<b@y>");
  }

  @Test
  void anEmptyValueHasNoAddresses() {
    assertThat(AddressesForm.of("")).isEmpty();
    assertThat(AddressesForm.grouped(" \r\n ")).isEmpty();
  }
}
