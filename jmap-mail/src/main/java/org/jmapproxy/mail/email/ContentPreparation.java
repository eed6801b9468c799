package org.jmapproxy.mail.email;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.type.RenderContext;
import org.jmapproxy.mail.header.HeaderProperty;
import org.jmapproxy.mail.mime.BodyPart;
import org.jmapproxy.mail.mime.MessageBody;

/** Tells the account, before the first Email is rendered, what will be read of all of them. */
final class ContentPreparation {

  private ContentPreparation() {}

  /**
   * Opens the messages of a call.
   *
   * @throws BackendException if nothing of what was asked for can be read now
   */
  static RenderContext prepare(
      Collection<Email> emails, Set<String> properties, RenderContext context) {
    if (!EmailProperties.needsStructure(properties)) {
      return context;
    }
    List<ContentRequest> requests =
        emails.stream().map(email -> request(email, properties, context.arguments())).toList();
    EmailContents contents = EmailContents.prepare(context.call(), context.roles(), requests);
    contents
        .failure(requests)
        .ifPresent(
            failure -> {
              throw failure;
            });
    return context.with(EmailContents.ROLE, contents);
  }

  private static ContentRequest request(Email email, Set<String> properties, Arguments arguments) {
    Set<String> values =
        properties.contains("bodyValues") ? BodyValues.wanted(email, arguments).keySet() : Set.of();
    List<String> shown = arguments.get(BodyArguments.BODY_PROPERTIES);
    Set<BodyPart> parts = new LinkedHashSet<>();
    email.bodyStructure().ifPresent(root -> addShown(root, properties, parts));
    Set<String> sizes = new LinkedHashSet<>();
    if (shown.contains("size")) {
      parts.stream()
          .filter(part -> part.decodedSize().isEmpty())
          .forEach(part -> part.partId().ifPresent(sizes::add));
    }
    boolean headers = shown.stream().anyMatch(ContentPreparation::isOfHeader);
    return new ContentRequest(email, values, sizes, headers && !parts.isEmpty());
  }

  private static boolean isOfHeader(String property) {
    return property.equals("headers") || HeaderProperty.isClaimedBy(property);
  }

  private static void addShown(BodyPart root, Set<String> properties, Set<BodyPart> shown) {
    MessageBody body = MessageBody.of(root);
    if (properties.contains("textBody")) {
      shown.addAll(body.textBody());
    }
    if (properties.contains("htmlBody")) {
      shown.addAll(body.htmlBody());
    }
    if (properties.contains("attachments")) {
      shown.addAll(body.attachments());
    }
    if (properties.contains("bodyStructure")) {
      addAll(root, shown);
    }
  }

  private static void addAll(BodyPart part, Set<BodyPart> all) {
    all.add(part);
    part.subParts().forEach(child -> addAll(child, all));
  }
}
