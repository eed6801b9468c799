package org.jmapproxy.contacts.vcard;

/** The versions of vCard that are written. */
public enum VCardVersion {
  /** RFC 2426. A vCard of version 2.1 is edited in the manner of this one. */
  V3_0("3.0"),
  /** RFC 6350. */
  V4_0("4.0");

  private final String text;

  VCardVersion(String text) {
    this.text = text;
  }

  /** The value of the property VERSION. */
  public String text() {
    return text;
  }

  /** The version in whose manner a vCard with this VERSION is read and edited. */
  public static VCardVersion of(String version) {
    return version.trim().startsWith("4") ? V4_0 : V3_0;
  }
}
