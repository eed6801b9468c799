package org.jmapproxy.contacts.internal.convert;

import static org.jmapproxy.contacts.internal.convert.ParameterRules.CONTEXTS;
import static org.jmapproxy.contacts.internal.convert.ParameterRules.PREF;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The properties that become {@code onlineServices}. */
final class OnlineServiceRules {

  private static final String MAP = "onlineServices";

  /** What was in use before IMPP, by the service that the name means. */
  private static final Map<String, String> NAMED_AFTER_SERVICES =
      Map.ofEntries(
          Map.entry("X-AIM", "AIM"),
          Map.entry("X-GADUGADU", "Gadu-Gadu"),
          Map.entry("X-GOOGLE-TALK", "Google Talk"),
          Map.entry("X-GROUPWISE", "GroupWise"),
          Map.entry("X-GTALK", "Google Talk"),
          Map.entry("X-ICQ", "ICQ"),
          Map.entry("X-JABBER", "Jabber"),
          Map.entry("X-MATRIX", "Matrix"),
          Map.entry("X-MSN", "MSN"),
          Map.entry("X-QQ", "QQ"),
          Map.entry("X-SKYPE", "Skype"),
          Map.entry("X-SKYPE-USERNAME", "Skype"),
          Map.entry("X-TWITTER", "Twitter"),
          Map.entry("X-YAHOO", "Yahoo"));

  static final List<EntryRule> ALL = all();

  private OnlineServiceRules() {}

  private static List<EntryRule> all() {
    List<EntryRule> rules = new ArrayList<>();
    rules.add(
        EntryRule.of("SOCIALPROFILE", MAP, ServiceValues.socialProfile(), CONTEXTS, PREF)
            .labelled());
    rules.add(EntryRule.of("IMPP", MAP, ServiceValues.impp(), CONTEXTS, PREF).alias().labelled());
    rules.add(
        EntryRule.of("X-SOCIALPROFILE", MAP, ServiceValues.appleSocialProfile(), CONTEXTS, PREF)
            .alias()
            .labelled());
    NAMED_AFTER_SERVICES.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            named ->
                rules.add(
                    EntryRule.of(
                            named.getKey(),
                            MAP,
                            ServiceValues.userOf(named.getValue()),
                            CONTEXTS,
                            PREF)
                        .alias()
                        .labelled()));
    return List.copyOf(rules);
  }
}
