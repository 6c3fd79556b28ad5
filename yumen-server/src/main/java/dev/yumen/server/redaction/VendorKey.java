package dev.yumen.server.redaction;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Keys that are known by how they begin.
 *
 * @param prefix what they begin with
 * @param least characters that follow at least
 */
record VendorKey(String prefix, int least) {
  private static final VendorKey[] ALL = {
    new VendorKey("sk-", 16), // OpenAI, Anthropic, DeepSeek, Alibaba Cloud Model Studio…
    new VendorKey("sk_", 16), // Stripe, ElevenLabs
    new VendorKey("rk_", 16),
    new VendorKey("AKIA", 12), // AWS, long-lived
    new VendorKey("ASIA", 12), // AWS, temporary
    new VendorKey("AKID", 12), // Tencent Cloud
    new VendorKey("LTAI", 12), // Alibaba Cloud
    new VendorKey("AIza", 30), // Google
    new VendorKey("AQ.", 30),
    new VendorKey("ya29.", 20),
    new VendorKey("GOCSPX-", 20),
    new VendorKey("ghp_", 20), // GitHub
    new VendorKey("gho_", 20),
    new VendorKey("ghu_", 20),
    new VendorKey("ghs_", 20),
    new VendorKey("ghr_", 20),
    new VendorKey("github_pat_", 20),
    new VendorKey("glpat-", 16), // GitLab
    new VendorKey("xoxb-", 10), // Slack
    new VendorKey("xoxp-", 10),
    new VendorKey("xoxa-", 10),
    new VendorKey("xapp-", 10),
    new VendorKey("hf_", 20), // Hugging Face
    new VendorKey("gsk_", 20), // Groq
    new VendorKey("xai-", 20),
    new VendorKey("pplx-", 20), // Perplexity
    new VendorKey("nvapi-", 20), // NVIDIA
    new VendorKey("r8_", 20), // Replicate
  };

  private static final VendorKey[][] BY_FIRST = new VendorKey[128][];

  static {
    Arrays.fill(BY_FIRST, new VendorKey[0]);
    for (VendorKey vendor : ALL) {
      char first = vendor.prefix.charAt(0);
      BY_FIRST[first] =
          Stream.of(ALL).filter(one -> one.prefix.charAt(0) == first).toArray(VendorKey[]::new);
    }
  }

  /** Whether any key begins with this character. */
  static boolean mayBeginWith(char first) {
    return first < BY_FIRST.length && BY_FIRST[first].length > 0;
  }

  /** Whether a key begins at the position, given that one may. */
  static boolean isAt(String text, int position) {
    for (VendorKey vendor : BY_FIRST[text.charAt(position)]) {
      if (text.startsWith(vendor.prefix, position)) {
        int body = position + vendor.prefix.length();
        return Characters.noWord(text, body) && vendor.isLongEnough(text, body);
      }
    }
    return false;
  }

  private boolean isLongEnough(String text, int body) {
    int i = body;
    while (i < text.length() && i - body < least && Characters.credential(text.charAt(i))) {
      i++;
    }
    return i - body == least;
  }
}
