/**
 * SMTP as a mail client speaks it (RFC 5321, RFC 6409): one connection, one transaction at a time.
 *
 * <p>The connection is our own and not Angus Mail's transport. What matters most here that one
 * cannot tell: whether the final dot had left when the connection broke, which decides between
 * sending again and never sending again; and a record has to reach the disk between the commands,
 * in the midst of what is a single call there. Besides, every reply must be kept by recipient, as
 * EmailSubmission shows them, and lines must be bounded before memory is taken. A client needs
 * eight commands.
 *
 * <p>Header injection is impossible: a command is made of parts that are checked when it is
 * written, and a message is written with its dots doubled.
 */
@NullMarked
package org.jmapproxy.backend.imap.internal.smtp;

import org.jspecify.annotations.NullMarked;
