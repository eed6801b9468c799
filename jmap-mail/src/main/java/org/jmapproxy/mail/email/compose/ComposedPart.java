package org.jmapproxy.mail.email.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A MIME entity.
 *
 * @param header its fields, each ended by CRLF
 * @param body what follows the empty line
 */
record ComposedPart(String header, List<Content> body) {

  ComposedPart {
    body = List.copyOf(body);
  }

  /**
   * A container.
   *
   * @param type the media type
   * @param moreFields further fields, each ended by CRLF
   */
  static ComposedPart multipart(String type, String moreFields, List<ComposedPart> children) {
    String boundary = "=_" + UUID.randomUUID().toString().replace("-", "");
    List<Content> body = new ArrayList<>();
    for (ComposedPart child : children) {
      body.add(Content.Octets.of("--" + boundary + "\r\n" + child.header() + "\r\n"));
      body.addAll(child.body());
      body.add(Content.Octets.of("\r\n"));
    }
    body.add(Content.Octets.of("--" + boundary + "--\r\n"));
    String contentType = "Content-Type: " + type + ParameterText.of("boundary", boundary) + "\r\n";
    return new ComposedPart(contentType + moreFields, body);
  }
}
