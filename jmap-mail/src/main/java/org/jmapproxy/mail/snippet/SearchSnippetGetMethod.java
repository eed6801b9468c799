package org.jmapproxy.mail.snippet;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.argument.ArgumentReader;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.method.Invocation;
import org.jmapproxy.core.method.Method;
import org.jmapproxy.core.method.MethodContext;
import org.jmapproxy.core.query.FilterReader;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.core.spi.ReadRole;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.mail.capability.MailCapability;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.EmailType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code SearchSnippet/get} (RFC 8621 section 5.1). Takes every filter that Email declares, also
 * those that the account cannot search by: the Emails are named by the client. Stateless.
 */
public final class SearchSnippetGetMethod implements Method {

  private static final Set<String> SUBJECT = Set.of("subject");
  private static final Set<String> SUBJECT_AND_BODY = Set.of("subject", "bodyStructure");

  /** The method. */
  public SearchSnippetGetMethod() {}

  @Override
  public String name() {
    return "SearchSnippet/get";
  }

  @Override
  public String capability() {
    return MailCapability.URN;
  }

  @Override
  public List<Invocation> call(MethodContext context, ObjectNode arguments) {
    ArgumentReader reader = ArgumentReader.of(arguments);
    Id accountId = reader.accountId();
    Optional<JsonNode> filter = reader.nullable("filter", JsonType.OBJECT);
    JsonNode emailIds = reader.required("emailIds", JsonType.listOf(JsonType.STRING));
    reader.end();
    refuseTooMany(emailIds.size(), context.limits().maxObjectsInGet());

    ReadRole<Email> emails = context.role(accountId, EmailType.TYPE.readRole());
    SnippetTerms terms =
        new FilterReader(EmailType.TYPE.filters(), context.creationIds())
            .read(filter)
            .map(SnippetTerms::of)
            .orElse(SnippetTerms.none());
    Set<String> notFound = new LinkedHashSet<>();
    emailIds.forEach(id -> notFound.add(context.creationIds().apply(id.stringValue())));
    List<Id> possible = notFound.stream().filter(Id::isValid).map(Id::of).toList();
    CallContext call = context.callContext(accountId);
    boolean withBodies = !terms.body().isEmpty();
    List<Email> found = emails.read(call, wanted(possible, withBodies));
    Roles roles = context.account(accountId).roles();
    Optional<BodyTexts> bodies =
        withBodies ? Optional.of(BodyTexts.open(call, roles, found)) : Optional.empty();

    List<SearchSnippet> snippets = new ArrayList<>();
    for (Email email : found) {
      notFound.remove(email.id().value());
      boolean late = context.clock().instant().isAfter(call.deadline());
      snippets.add(late ? unknown(email) : snippet(email, terms, bodies));
    }
    return List.of(new Invocation(name(), response(accountId, snippets, notFound), ""));
  }

  private static ReadRequest wanted(List<Id> ids, boolean withBodies) {
    return ReadRequest.of(ids, withBodies ? SUBJECT_AND_BODY : SUBJECT);
  }

  /** An Email whose body cannot be read now has no snippet; the others have theirs. */
  private static SearchSnippet snippet(
      Email email, SnippetTerms terms, Optional<BodyTexts> bodies) {
    try {
      Optional<String> subject =
          email
              .headers()
              .flatMap(header -> header.text("Subject"))
              .flatMap(text -> MarkedText.of(text, terms.subject()))
              .map(MarkedText::whole);
      Optional<String> preview =
          bodies.stream()
              .flatMap(texts -> texts.of(email))
              .flatMap(text -> MarkedText.of(text, terms.body()).stream())
              .findFirst()
              .map(MarkedText::preview);
      return new SearchSnippet(email.id(), subject, preview);
    } catch (BackendException e) {
      return unknown(email);
    }
  }

  private static SearchSnippet unknown(Email email) {
    return new SearchSnippet(email.id(), Optional.empty(), Optional.empty());
  }

  private static ObjectNode response(
      Id accountId, List<SearchSnippet> snippets, Set<String> notFound) {
    ObjectNode response = JsonNodeFactory.instance.objectNode().put("accountId", accountId.value());
    ArrayNode list = response.putArray("list");
    snippets.forEach(snippet -> list.add(snippet.toJson()));
    if (notFound.isEmpty()) {
      return response.putNull("notFound");
    }
    notFound.forEach(response.putArray("notFound")::add);
    return response;
  }

  private static void refuseTooMany(int count, int limit) {
    if (count > limit) {
      throw new MethodException(
          MethodError.requestTooLarge("maxObjectsInGet is " + limit + ", this is " + count));
    }
  }
}
