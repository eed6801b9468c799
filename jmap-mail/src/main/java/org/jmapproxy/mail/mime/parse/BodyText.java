package org.jmapproxy.mail.mime.parse;

/**
 * The text of a part, as an EmailBodyValue has it (RFC 8621 section 4.1.4).
 *
 * @param text with LF for each CRLF
 * @param encodingProblem whether the charset or the transfer encoding is unknown or violated
 * @param truncated whether there is more
 */
public record BodyText(String text, boolean encodingProblem, boolean truncated) {}
