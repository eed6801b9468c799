/** The proxy in front of an embedded mail server: nothing to install, nothing left behind. */
@NullMarked
package org.jmapproxy.examples.demo;

import org.jspecify.annotations.NullMarked;
