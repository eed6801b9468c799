package org.jmapproxy.core.type;

import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Roles;
import tools.jackson.databind.node.ObjectNode;

/**
 * A creation whose properties are known and of the right type, with creation ids resolved.
 *
 * @param call the /set call
 * @param roles the abilities of the account
 * @param properties what the client sent, and the defaults of what it left out; the receiver owns
 *     it
 */
public record ObjectCreation(CallContext call, Roles roles, ObjectNode properties) {}
