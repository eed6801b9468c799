package org.jmapproxy.mail.testkit;

import java.util.List;

/** What is found by what, in any script: the same in memory, in a replica and on a server. */
public final class SearchCases {

  /**
   * A text and a search.
   *
   * @param search the text of a filter
   * @param text where it is looked for
   * @param isFound whether it is there
   */
  public record SearchCase(String search, String text, boolean isFound) {}

  /** All that a server is expected to answer in the same way. */
  public static final List<SearchCase> ALL =
      List.of(
          found("quick", "The QUICK brown fox"),
          found("ROW", "The quick brown fox"),
          found("fox quick", "The quick brown fox"),
          missed("fox slow", "The quick brown fox"),
          found("\"quick brown\"", "The Quick Brown fox"),
          missed("\"brown quick\"", "The quick brown fox"),
          missed("\"quick fox\"", "The quick brown fox"),
          found("'quick brown'", "The quick brown fox"),
          found("a.b", "a.b axb"),
          missed("a.b", "axb"),
          missed("a*b a%b a_b", "axb"),
          found("\"say \\\"hi\\\"\"", "they say \"hi\" twice"),
          found("MÜLLER", "Müller"),
          found("müller", "MÜLLER"),
          missed("muller", "Müller"),
          missed("müller", "Muller"),
          found("café", "Cafe\u0301"),
          found("cafe\u0301", "CAFÉ"),
          found("οδος", "ΟΔΟΣ ΜΟΥ"),
          found("ΣΟΦΟΣ", "σοφοσύνη και σοφος"),
          missed("STRASSE", "Straße"),
          found("straße", "STRAßE"),
          found("ПРИВЕТ", "Привет, мир"),
          missed("елка", "ёлка"),
          found("łódź", "ŻÓŁTA ŁÓDŹ"),
          found("việt", "Tiếng VIỆT"),
          found("full", "ＦＵＬＬ width"),
          found("本語", "日本語のメール"),
          found("\"日本語のメール\"", "新しい日本語のメールです"),
          found("日本 メール", "日本語のメール"),
          found("テスト", "ﾃｽﾄの結果"),
          found("ガイド", "ｶﾞｲﾄﾞ"),
          found("邮件", "这是一封电子邮件"),
          missed("郵件", "这是一封电子邮件"),
          found("한글", "아름다운 한글"),
          found("สวัสดี", "สวัสดีครับ"),
          found("ครับ", "สวัสดีครับ"),
          found("سلام", "السلام عليكم"),
          found("\"السلام عليكم\"", "و السلام عليكم و رحمة الله"),
          missed("السلام", "السَّلام"),
          found("שלום", "שלום עולם"),
          found("नमस्ते", "नमस्ते दुनिया"),
          found("😀", "smile 😀"),
          missed("😀", "smile 😁"),
          found("user+tag@example.org", "Write to USER+TAG@example.org"));

  private SearchCases() {}

  private static SearchCase found(String search, String text) {
    return new SearchCase(search, text, true);
  }

  private static SearchCase missed(String search, String text) {
    return new SearchCase(search, text, false);
  }
}
