package org.jmapproxy.mail.submission;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.json.Dates;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.query.FilterProperty;
import tools.jackson.databind.JsonNode;

/** What EmailSubmissions can be filtered by (RFC 8621 section 7.3). */
final class SubmissionFilters {

  static final List<FilterProperty<EmailSubmission, ?>> ALL =
      List.of(
          oneOf("identityIds", EmailSubmission::identityId),
          oneOf("emailIds", EmailSubmission::emailId),
          oneOf("threadIds", EmailSubmission::threadId),
          FilterProperty.<EmailSubmission, String>of(
              "undoStatus",
              JsonType.STRING,
              JsonNode::stringValue,
              (submission, status) -> submission.undoStatus().wireName().equals(status)),
          date("before", (submission, time) -> submission.sendAt().isBefore(time)),
          date("after", (submission, time) -> !submission.sendAt().isBefore(time)));

  private SubmissionFilters() {}

  private static FilterProperty<EmailSubmission, Set<String>> oneOf(
      String name, Function<EmailSubmission, Id> getter) {
    return FilterProperty.<EmailSubmission, Set<String>>of(
            name,
            JsonType.listOf(JsonType.ID),
            SubmissionFilters::ids,
            (submission, ids) -> ids.contains(getter.apply(submission).value()))
        .asImmutable();
  }

  private static FilterProperty<EmailSubmission, Instant> date(
      String name, BiPredicate<EmailSubmission, Instant> test) {
    return FilterProperty.of(
            name,
            JsonType.UTC_DATE,
            value -> Dates.parseInstant(value.stringValue()).orElseThrow(),
            test)
        .asImmutable();
  }

  private static Set<String> ids(JsonNode array) {
    Set<String> ids = new HashSet<>();
    array.forEach(id -> ids.add(id.stringValue()));
    return Set.copyOf(ids);
  }
}
