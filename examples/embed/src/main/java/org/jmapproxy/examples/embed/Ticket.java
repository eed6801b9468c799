package org.jmapproxy.examples.embed;

import java.time.Instant;

/** What this application is about; it knows nothing of mail. */
record Ticket(
    int number, String customer, String title, String text, Instant opened, boolean closed) {}
