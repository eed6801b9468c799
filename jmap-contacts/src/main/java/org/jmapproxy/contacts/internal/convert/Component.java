package org.jmapproxy.contacts.internal.convert;

/**
 * One value of a structured property.
 *
 * @param kind of the JSContact component
 * @param value the text
 * @param position the index of the component in the property
 * @param index the index of the value in the component
 */
record Component(String kind, String value, int position, int index) {}
