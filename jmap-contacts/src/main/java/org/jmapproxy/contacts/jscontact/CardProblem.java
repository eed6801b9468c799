package org.jmapproxy.contacts.jscontact;

/**
 * Something in a Card that RFC 9553 does not allow.
 *
 * @param pointer where, as a JSON pointer without its leading slash
 * @param problem what, as the end of a sentence
 */
public record CardProblem(String pointer, String problem) {}
