/**
 * The contract kit of the mail roles, and a mail account in memory that passes it. A backend proves
 * itself by implementing the contracts in a test class of its own.
 */
@NullMarked
package org.jmapproxy.mail.testkit;

import org.jspecify.annotations.NullMarked;
