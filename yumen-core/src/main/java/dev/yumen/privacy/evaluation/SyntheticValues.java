package dev.yumen.privacy.evaluation;

import dev.yumen.privacy.detection.Checksums;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Values of the forms of personal data that belong to nobody, from ranges that are reserved or were
 * never assigned: county code 99 in Chinese identity numbers, mobile prefixes that no carrier has,
 * numbers kept for drama, domains of RFC 2606, addresses of RFC 2544.
 */
final class SyntheticValues {
  static final String DIGITS = "0123456789";
  static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  static final String ALNUM = DIGITS + UPPER + LOWER;
  private static final String ORGANISATION = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  private static final String VIN = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ";

  private final RandomGenerator random;

  SyntheticValues(RandomGenerator random) {
    this.random = random;
  }

  String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  String some(String alphabet, int count) {
    var out = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      out.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return out.toString();
  }

  /** As {@link #some}, with a letter and a digit at least. */
  String mixed(String alphabet, int count) {
    var out = some(alphabet, count);
    boolean letter = out.chars().anyMatch(Character::isLetter);
    boolean digit = out.chars().anyMatch(Character::isDigit);
    return letter && digit ? out : mixed(alphabet, count);
  }

  String date() {
    return String.format(
        Locale.ROOT,
        "%04d%02d%02d",
        1930 + random.nextInt(80),
        1 + random.nextInt(12),
        1 + random.nextInt(28));
  }

  String residentId() {
    var first17 = province() + some("01234", 2) + "99" + date() + some(DIGITS, 3);
    return first17 + Checksums.residentId(first17);
  }

  String organisationCode() {
    var first17 = one("91", "92", "12", "52", "93") + province() + "0199" + some(ORGANISATION, 9);
    return first17 + Checksums.organisationCode(first17);
  }

  String mobile() {
    return one("142", "143", "154", "160", "161", "163", "164", "168", "169", "179", "194")
        + some(DIGITS, 8);
  }

  String card() {
    var prefix = one("629999", "499999", "559999", "629998", "379999", "358998", "629997");
    int length = prefix.startsWith("37") ? 15 : prefix.equals("629998") ? 19 : 16;
    var payload = prefix + some(DIGITS, length - 7);
    return payload + Checksums.luhn(payload);
  }

  String imei() {
    var payload = "00" + some(DIGITS, 12);
    return payload + Checksums.luhn(payload);
  }

  String iban() {
    var body =
        switch (random.nextInt(5)) {
          case 0 -> "GB00TEST" + some(DIGITS, 14);
          case 1 -> "DE0099999999" + some(DIGITS, 10);
          case 2 -> "FR0099999" + some(DIGITS, 18);
          case 3 -> "NL00TEST" + some(DIGITS, 10);
          default -> "CH0099999" + some(DIGITS, 12);
        };
    int check = 98 - Checksums.mod97(body);
    return body.substring(0, 2) + String.format(Locale.ROOT, "%02d", check) + body.substring(4);
  }

  String hongKongId() {
    var body = some("ABCDEFGHKMNPRSVYZ", 1) + some(DIGITS, 6);
    return body + "(" + Checksums.hongKongId(body) + ")";
  }

  String taiwanId() {
    while (true) {
      var id = some(UPPER, 1) + one("1", "2") + some(DIGITS, 8);
      if (Checksums.taiwanId(id)) {
        return id;
      }
    }
  }

  String vin() {
    while (true) {
      var vin = new StringBuilder("ZZZ" + some(VIN, 10) + some(DIGITS, 4));
      vin.setCharAt(8, '0');
      vin.setCharAt(8, Checksums.vin(vin));
      if (vin.charAt(8) != 'X' || random.nextInt(2) == 0) {
        return vin.toString();
      }
    }
  }

  String plate() {
    var province = some("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼", 1);
    return province
        + some("ABCDEFGHJK", 1)
        + (random.nextInt(3) == 0
            ? "D" + some(DIGITS, 5)
            : some(DIGITS, 4) + some("ABCDEFGHJKLMNP", 1));
  }

  String email() {
    var local =
        one("li.wei", "zhang_san", "wang88", "m.garcia", "anna.schmidt+news", "chen", "j-doe");
    return local
        + random.nextInt(100)
        + "@"
        + one("example.com", "example.org", "mail.example.net", "corp.example.cn");
  }

  String landline() {
    return one("010", "021", "0755", "0571")
        + "-"
        + one("5550", "6660", "2999")
        + some(DIGITS, 4).substring(0, 4);
  }

  String phone() {
    var tail = "01" + some(DIGITS, 2);
    return one("(212) 555-", "+1-415-555-", "312-555-") + tail;
  }

  String ip() {
    return "198." + one("18", "19") + "." + random.nextInt(256) + "." + (1 + random.nextInt(254));
  }

  String mac() {
    var out = new StringBuilder("02");
    for (int i = 0; i < 5; i++) {
      out.append(String.format(Locale.ROOT, ":%02x", random.nextInt(256)));
    }
    return out.toString();
  }

  String ssn() {
    return String.format(
        Locale.ROOT,
        "%03d-%02d-%04d",
        800 + random.nextInt(99),
        1 + random.nextInt(98),
        1 + random.nextInt(9998));
  }

  String chineseName() {
    return one("王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "欧阳", "司马")
        + one("伟", "芳", "秀英", "子涵", "建国", "雨桐", "磊", "晓明", "思远");
  }

  String englishName() {
    return one("Alice", "Robert", "Maria", "Wei", "Hannah", "Ahmed")
        + " "
        + one("Miller", "Johnson", "Garcia", "Zhang", "Schmidt", "Khan");
  }

  String chineseAddress() {
    var city = one("北京市朝阳区", "上海市浦东新区", "广东省深圳市南山区", "浙江省杭州市西湖区", "四川省成都市武侯区");
    var road = one("建国路", "世纪大道", "科技南路", "文三路", "人民南路四段");
    return city
        + road
        + (1 + random.nextInt(300))
        + "号"
        + one(
            "",
            (1 + random.nextInt(20)) + "栋" + (100 + random.nextInt(2000)) + "室",
            "院"
                + (1 + random.nextInt(9))
                + "号楼"
                + (1 + random.nextInt(6))
                + "单元"
                + (101 + random.nextInt(900))
                + "室");
  }

  String englishAddress() {
    return (1 + random.nextInt(9000))
        + " "
        + one("Maple", "North Lake", "Elm", "Queen Anne", "Sunset")
        + " "
        + one("Street", "Avenue", "Blvd", "Road", "Drive")
        + one("", ", Springfield, IL " + some("123456789", 5), ", Apt " + (1 + random.nextInt(90)));
  }

  String coordinates() {
    return String.format(
        Locale.ROOT, "%.6f, %.6f", 20 + random.nextDouble() * 30, 75 + random.nextDouble() * 55);
  }

  String jwt() {
    var header = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";
    return header + "." + "eyJ" + some(ALNUM, 40) + "." + some(ALNUM + "-_", 43);
  }

  String privateKey() {
    var kind = one("RSA ", "EC ", "", "OPENSSH ");
    var body = new StringBuilder();
    for (int line = 0; line < 3 + random.nextInt(4); line++) {
      body.append(some(ALNUM + "+/", 64)).append('\n');
    }
    return "-----BEGIN "
        + kind
        + "PRIVATE KEY-----\n"
        + body
        + some(ALNUM, 30)
        + "==\n-----END "
        + kind
        + "PRIVATE KEY-----";
  }

  /** Keys in the forms that the vendors document. */
  String apiKey() {
    var hex = "0123456789abcdef";
    var url = ALNUM + "-_";
    var forms =
        List.of(
            "sk-ant-api03-" + some(url, 93) + "AA",
            "sk-proj-" + some(ALNUM, 74) + "T3BlbkFJ" + some(ALNUM, 74),
            "AKIA" + some("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16),
            "AIzaSy" + some(url, 32) + some(ALNUM, 1),
            "ghp_" + some(ALNUM, 36),
            "github_pat_" + some(ALNUM, 22) + "_" + some(ALNUM, 59),
            "glpat-" + some(ALNUM, 20),
            "xoxb-" + some(DIGITS, 12) + "-" + some(DIGITS, 12) + "-" + some(ALNUM, 24),
            "sk_live_" + some(ALNUM, 24),
            "npm_" + some(ALNUM, 36),
            "pypi-AgEIcHlwaS5vcmc" + some(url, 70) + some(ALNUM, 1),
            "hf_" + some(LOWER + UPPER, 34),
            "SG." + some(ALNUM, 22) + "." + some(ALNUM, 43),
            "LTAI5t" + some(ALNUM, 18),
            "AKID" + some(ALNUM, 32),
            "AKLT" + some(ALNUM, 43),
            "ALTAK" + some(ALNUM, 21),
            "bce-v3/ALTAK-" + some(ALNUM, 21) + "/" + some(hex, 40),
            "sk-" + some(hex, 32),
            "sk-" + some(ALNUM, 48),
            mixed(hex, 32) + "." + some(ALNUM, 16));
    return forms.get(random.nextInt(forms.size()));
  }

  private String province() {
    return one(
        "11", "12", "13", "21", "31", "32", "33", "34", "35", "37", "41", "42", "43", "44", "50",
        "51", "61", "62");
  }
}
