/** Personal Data Portability Archive over JMAP. */
@NullMarked
package org.jmapproxy.pdpa;

import org.jspecify.annotations.NullMarked;
