package org.jmapproxy.backend.imap.internal.store.query;

import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Predicate;
import org.jmapproxy.mail.email.HeaderFilter;
import org.jmapproxy.mail.header.HeaderBlock;
import org.sqlite.Function;

/**
 * The SQL function {@code header_matches(header, name, text)}: whether a header has a field of the
 * name whose value holds the text; without a text whether it has the field. The rule is the data
 * type's. One connection's, so used by one thread at a time.
 */
public final class HeaderMatch extends Function {

  /** The name in SQL. */
  public static final String NAME = "header_matches";

  /** How many arguments it takes. */
  public static final int ARGUMENTS = 3;

  /** What the last row was asked for: a query asks the same of all rows. */
  private HeaderFilter filter = new HeaderFilter("", Optional.empty());

  private Predicate<HeaderBlock> matcher = filter.matcher();

  @Override
  protected void xFunc() throws SQLException {
    HeaderFilter wanted = new HeaderFilter(value_text(1), Optional.ofNullable(value_text(2)));
    if (!wanted.equals(filter)) {
      filter = wanted;
      matcher = wanted.matcher();
    }
    result(matcher.test(HeaderBlock.of(value_blob(0))) ? 1 : 0);
  }
}
