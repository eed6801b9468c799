package org.jmapproxy.mail.testkit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.query.Filter;
import org.jmapproxy.core.query.FilterProperty;
import org.jmapproxy.core.query.Query;
import org.jmapproxy.core.query.QueryPage;
import org.jmapproxy.core.query.SortBy;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.QueryRole;
import org.jmapproxy.core.spi.QuerySupport;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.EmailFilters;
import org.jmapproxy.mail.email.EmailSorts;
import org.jmapproxy.mail.email.EmailType;
import org.jmapproxy.mail.email.SearchText;
import org.jmapproxy.mail.mime.BodyPart;

/** Finds Emails with every filter and sort that there is. */
record EmailQueryRole(MailStore store) implements QueryRole {

  @Override
  public QuerySupport support() {
    return new QuerySupport(EmailType.TYPE.filters().keySet(), EmailType.TYPE.sorts().keySet());
  }

  @Override
  public QueryPage page(
      CallContext context, Query query, long position, int limit, boolean calculateTotal) {
    List<Id> all = new ArrayList<>();
    Set<Id> threads = new HashSet<>();
    boolean collapse = query.arguments().get(EmailType.COLLAPSE_THREADS);
    store.allEmails().stream()
        .filter(email -> query.filter().map(filter -> matches(filter, email)).orElse(true))
        .sorted(order(query.sort()))
        .filter(email -> !collapse || threads.add(email.threadId()))
        .forEach(email -> all.add(email.id()));
    int from = (int) Math.min(position, all.size());
    int to = (int) Math.min((long) from + limit, all.size());
    return new QueryPage(
        all.subList(from, to), calculateTotal ? OptionalLong.of(all.size()) : OptionalLong.empty());
  }

  private boolean matches(Filter filter, Email email) {
    if (filter instanceof Filter.And and) {
      return and.filters().stream().allMatch(one -> matches(one, email));
    } else if (filter instanceof Filter.Or or) {
      return or.filters().stream().anyMatch(one -> matches(one, email));
    } else if (filter instanceof Filter.Not not) {
      return not.filters().stream().noneMatch(one -> matches(one, email));
    }
    return holds((Filter.Condition<?>) filter, email);
  }

  private <V> boolean holds(Filter.Condition<V> condition, Email email) {
    FilterProperty<?, V> property = condition.property();
    if (property.test().isPresent()) {
      @SuppressWarnings("unchecked") // all filters of Email are on Emails
      BiPredicate<Email, V> test = (BiPredicate<Email, V>) property.test().get();
      return test.test(email, condition.value());
    }
    String value = (String) condition.value();
    if (property.equals(EmailFilters.ALL_IN_THREAD_HAVE_KEYWORD)) {
      return thread(email).stream().allMatch(other -> other.keywords().contains(value));
    } else if (property.equals(EmailFilters.SOME_IN_THREAD_HAVE_KEYWORD)) {
      return thread(email).stream().anyMatch(other -> other.keywords().contains(value));
    } else if (property.equals(EmailFilters.NONE_IN_THREAD_HAVE_KEYWORD)) {
      return thread(email).stream().noneMatch(other -> other.keywords().contains(value));
    }
    boolean wholeText = property.equals(EmailFilters.TEXT);
    return SearchText.parse(value).matches((wholeText ? header(email) : "") + body(email));
  }

  private List<Email> thread(Email email) {
    return store.threadEmails(email.threadId());
  }

  private static String header(Email email) {
    StringBuilder text = new StringBuilder();
    for (String name : List.of("From", "To", "Cc", "Bcc", "Subject")) {
      text.append(email.headers().orElseThrow().text(name).orElse("")).append('\n');
    }
    return text.toString();
  }

  private String body(Email email) {
    StringBuilder text = new StringBuilder();
    appendTexts(
        store.message(email.blobId()).orElseThrow(), email.bodyStructure().orElseThrow(), text);
    return text.toString();
  }

  private static void appendTexts(byte[] message, BodyPart part, StringBuilder text) {
    if (part.isText()) {
      String content = MailStore.text(message, part.partId().orElseThrow());
      text.append(content.replaceAll("<[^>]*>", " ")).append('\n');
    }
    part.subParts().forEach(child -> appendTexts(message, child, text));
  }

  private Comparator<Email> order(List<SortBy> sort) {
    Comparator<Email> byId = Comparator.comparing(Email::id);
    return sort.stream()
        .map(this::comparator)
        .reduce(Comparator::thenComparing)
        .map(order -> order.thenComparing(byId))
        .orElse(byId);
  }

  private Comparator<Email> comparator(SortBy by) {
    Comparator<Email> ascending = ascending(by);
    return by.isAscending() ? ascending : ascending.reversed();
  }

  private Comparator<Email> ascending(SortBy by) {
    if (by.property().order().isPresent()) {
      @SuppressWarnings("unchecked") // all sorts of Email are on Emails
      Function<SortBy, Comparator<Email>> order =
          (Function<SortBy, Comparator<Email>>) (Function<?, ?>) by.property().order().get();
      return order.apply(by);
    }
    String keyword = by.extras().get(EmailSorts.KEYWORD);
    boolean all = by.property().equals(EmailSorts.ALL_IN_THREAD_HAVE_KEYWORD);
    return Comparator.comparing(
        email ->
            all
                ? thread(email).stream().allMatch(other -> other.keywords().contains(keyword))
                : thread(email).stream().anyMatch(other -> other.keywords().contains(keyword)));
  }
}
