package org.jmapproxy.mail.charset;

/**
 * Text made from octets.
 *
 * @param text the text; octets that the charset does not know read as U+FFFD
 * @param encodingProblem whether there were such octets, or the charset was not known (RFC 8621
 *     section 4.1.4, isEncodingProblem)
 */
public record DecodedText(String text, boolean encodingProblem) {}
