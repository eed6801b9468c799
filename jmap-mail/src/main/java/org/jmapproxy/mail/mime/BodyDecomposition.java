package org.jmapproxy.mail.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The walk over a MIME structure that sorts its parts (RFC 8621 section 4.1.4). A list that is null
 * is not being filled in the present branch.
 */
final class BodyDecomposition {
  private static final int DEEPEST = 100;
  private static final int MOST_PARTS = 10_000;
  private static final Set<String> PROCESSED_TYPES =
      Set.of(
          "application/pgp-signature",
          "application/pkcs7-signature",
          "application/x-pkcs7-signature");

  final List<BodyPart> text = new ArrayList<>();
  final List<BodyPart> html = new ArrayList<>();
  final List<BodyPart> attachments = new ArrayList<>();
  boolean hasAttachment;
  private int seen;

  private BodyDecomposition() {}

  static BodyDecomposition of(BodyPart root) {
    BodyDecomposition parts = new BodyDecomposition();
    parts.walk(List.of(root), "mixed", false, parts.html, parts.text, 0);
    return parts;
  }

  private void walk(
      List<BodyPart> parts,
      String multipartType,
      boolean inAlternative,
      @Nullable List<BodyPart> htmlSoFar,
      @Nullable List<BodyPart> textSoFar,
      int depth) {
    List<BodyPart> htmlBody = htmlSoFar;
    List<BodyPart> textBody = textSoFar;
    int textBefore = textBody == null ? -1 : textBody.size();
    int htmlBefore = htmlBody == null ? -1 : htmlBody.size();
    boolean alternative = multipartType.equals("alternative");
    for (int i = 0; i < parts.size() && seen < MOST_PARTS; i++) {
      BodyPart part = parts.get(i);
      seen++;
      if (part.isMultipart()) {
        if (depth < DEEPEST) {
          boolean below = inAlternative || part.subtype().equals("alternative");
          walk(part.subParts(), part.subtype(), below, htmlBody, textBody, depth + 1);
        }
      } else if (!isShown(part, i, multipartType)) {
        attach(part, multipartType);
      } else if (alternative) {
        choice(part, multipartType, textBody, htmlBody);
      } else {
        if (inAlternative && part.type().equals("text/plain")) {
          htmlBody = null;
        } else if (inAlternative && part.type().equals("text/html")) {
          textBody = null;
        }
        show(part, multipartType, textBody, htmlBody);
      }
    }
    if (alternative && textBody != null && htmlBody != null) {
      fillMissingChoice(textBody, textBefore, htmlBody, htmlBefore);
    }
  }

  /** A body part rather than an attachment. */
  private static boolean isShown(BodyPart part, int position, String multipartType) {
    boolean showable =
        part.type().equals("text/plain") || part.type().equals("text/html") || part.isInlineMedia();
    boolean placedToBeShown =
        position == 0
            || (!multipartType.equals("related")
                && (part.isInlineMedia() || part.name().isEmpty()));
    return showable && placedToBeShown && !part.disposition().orElse("").equals("attachment");
  }

  private void attach(BodyPart part, String multipartType) {
    attachments.add(part);
    boolean embedded =
        multipartType.equals("related") && part.isInlineMedia() && part.cid().isPresent();
    boolean marked = part.disposition().orElse("").equals("attachment");
    boolean inline = part.disposition().orElse("").equals("inline");
    boolean offered = marked || (!inline && !embedded);
    hasAttachment |= offered && !PROCESSED_TYPES.contains(part.type());
  }

  private void choice(
      BodyPart part,
      String multipartType,
      @Nullable List<BodyPart> textBody,
      @Nullable List<BodyPart> htmlBody) {
    if (part.type().equals("text/plain") && textBody != null) {
      textBody.add(part);
    } else if (part.type().equals("text/html") && htmlBody != null) {
      htmlBody.add(part);
    } else {
      attach(part, multipartType);
    }
  }

  private void show(
      BodyPart part,
      String multipartType,
      @Nullable List<BodyPart> textBody,
      @Nullable List<BodyPart> htmlBody) {
    if (textBody != null) {
      textBody.add(part);
    }
    if (htmlBody != null) {
      htmlBody.add(part);
    }
    if ((textBody == null || htmlBody == null) && part.isInlineMedia()) {
      attach(part, multipartType);
    }
  }

  private static void fillMissingChoice(
      List<BodyPart> textBody, int textBefore, List<BodyPart> htmlBody, int htmlBefore) {
    boolean textFound = textBody.size() > textBefore;
    boolean htmlFound = htmlBody.size() > htmlBefore;
    if (htmlFound && !textFound) {
      textBody.addAll(htmlBody.subList(htmlBefore, htmlBody.size()));
    } else if (textFound && !htmlFound) {
      htmlBody.addAll(textBody.subList(textBefore, textBody.size()));
    }
  }
}
