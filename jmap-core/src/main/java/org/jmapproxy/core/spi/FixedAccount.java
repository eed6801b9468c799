package org.jmapproxy.core.spi;

import org.jmapproxy.core.id.Id;

/** An account whose abilities never change. */
record FixedAccount(Id id, String name, Roles roles) implements Account {}
