/** What backends of contacts have to keep: contracts, and an account in memory that keeps them. */
@NullMarked
package org.jmapproxy.contacts.testkit;

import org.jspecify.annotations.NullMarked;
