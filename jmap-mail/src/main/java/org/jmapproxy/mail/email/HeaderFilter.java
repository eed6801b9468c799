package org.jmapproxy.mail.email;

import java.util.Optional;

/**
 * The value of the filter {@code header} (RFC 8621 section 4.4.1).
 *
 * @param name the field's name, in any case
 * @param value the text to look for in its value; absent: the field just has to be there
 */
public record HeaderFilter(String name, Optional<String> value) {}
