/** Takes messages apart in one bounded pass: where each part lies, and its content on request. */
@NullMarked
package org.jmapproxy.mail.mime.parse;

import org.jspecify.annotations.NullMarked;
