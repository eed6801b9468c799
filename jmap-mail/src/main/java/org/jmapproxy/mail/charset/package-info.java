/** From octets to text: charset names as mail writes them, and decoding that never fails. */
@NullMarked
package org.jmapproxy.mail.charset;

import org.jspecify.annotations.NullMarked;
