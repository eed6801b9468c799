package org.jmapproxy.contacts.internal.convert;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Labels that Apple's applications translate stand between marks: {@code _$!<Home>!$_}. */
final class AppleLabel {

  private static final Pattern MARKED = Pattern.compile("_\\$!<(.*)>!\\$_");
  private static final Set<String> TRANSLATED =
      Set.of(
          "Anniversary",
          "Assistant",
          "Brother",
          "Child",
          "Father",
          "Friend",
          "Home",
          "HomeFAX",
          "HomePage",
          "Main",
          "Manager",
          "Mobile",
          "Mother",
          "Other",
          "OtherFAX",
          "Pager",
          "Parent",
          "Partner",
          "School",
          "Sister",
          "Spouse",
          "Work",
          "WorkFAX");

  private AppleLabel() {}

  static String read(String value) {
    Matcher marked = MARKED.matcher(value);
    return marked.matches() && TRANSLATED.contains(marked.group(1)) ? marked.group(1) : value;
  }

  static String write(String label, boolean isVersion3) {
    return isVersion3 && TRANSLATED.contains(label) ? "_$!<" + label + ">!$_" : label;
  }
}
