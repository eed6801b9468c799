package org.jmapproxy.backend.imap.internal.store.query;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.EmailFilters;
import org.jmapproxy.mail.email.HeaderFilter;
import org.jmapproxy.mail.header.HeaderBlock;
import org.sqlite.Function;

/**
 * The SQL function {@code header_matches(header, name, text)}: whether a header has a field of the
 * name whose value holds the text; without a text whether it has the field.
 */
public final class HeaderMatch extends Function {

  /** The name in SQL. */
  public static final String NAME = "header_matches";

  /** How many arguments it takes. */
  public static final int ARGUMENTS = 3;

  private static final Id NOBODY = Id.of("none");

  @Override
  protected void xFunc() throws SQLException {
    HeaderBlock header = HeaderBlock.of(value_blob(0));
    HeaderFilter filter = new HeaderFilter(value_text(1), Optional.ofNullable(value_text(2)));
    result(matches(header, filter) ? 1 : 0);
  }

  /** The rule is the data type's; it looks at nothing of an Email but the header. */
  private static boolean matches(HeaderBlock header, HeaderFilter filter) {
    Email email =
        new Email(
            NOBODY,
            NOBODY,
            NOBODY,
            Set.of(),
            Set.of(),
            0,
            Instant.EPOCH,
            false,
            "",
            Optional.of(header),
            Optional.empty());
    return EmailFilters.HEADER.test().orElseThrow().test(email, filter);
  }
}
