package org.jmapproxy.contacts.internal.convert;

import org.jmapproxy.contacts.internal.line.ContentLine;

/** A line and the slot that it is about. */
record SlotLine(String slot, ContentLine line) {}
