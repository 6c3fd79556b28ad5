package dev.yumen.privacy.evaluation;

import dev.yumen.privacy.detection.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Makes labelled texts: templates of many kinds of text in Chinese, English and both, filled with
 * synthetic values in all disguises, with exact places, and among them what only looks like
 * personal data. The same randomness gives the same texts.
 */
public final class Generator {
  private static final List<Disguise> DISGUISES = List.of(Disguise.values());

  private final RandomGenerator random;
  private final SyntheticValues values;
  private final HardNegatives negatives;

  /**
   * Creates a generator.
   *
   * @param random decides everything; a seeded one makes the texts reproducible
   */
  public Generator(RandomGenerator random) {
    this.random = random;
    this.values = new SyntheticValues(random);
    this.negatives = new HardNegatives(random);
  }

  /**
   * Makes samples: in turn one for each template, each with a disguise by chance, and after each
   * one of hard negatives.
   *
   * @param count how many to make
   */
  public void generate(int count, Consumer<Sample> each) {
    for (int i = 0; i < count; i++) {
      each.accept(
          i % 4 == 3 ? negative() : sample(Templates.ALL.get((i - i / 4) % Templates.ALL.size())));
    }
  }

  private Sample negative() {
    return new Sample("hard-negatives", negatives.text(), List.of(), Set.of());
  }

  private Sample sample(Templates.Template template) {
    var disguise = DISGUISES.get(random.nextInt(DISGUISES.size()));
    var text = new StringBuilder();
    var spans = new ArrayList<Sample.Span>();
    int at = 0;
    var pattern = template.text();
    boolean applied = false;
    while (true) {
      int open = pattern.indexOf('«', at);
      if (open < 0) {
        break;
      }
      int close = pattern.indexOf('»', open);
      text.append(pattern, at, open);
      at = close + 1;
      var slot = pattern.substring(open + 1, close);
      if (slot.equals("negative")) {
        text.append(negatives.number());
        continue;
      }
      var type = DataType.of(slot.endsWith("!") ? slot.substring(0, slot.length() - 1) : slot);
      var value = layout(type, value(type, template), disguise);
      // A value that its label alone tells keeps its form: nobody masks a nickname.
      boolean fixed = slot.endsWith("!");
      if (!fixed && disguise.fits(value)) {
        value = disguise.apply(value, random);
        applied = true;
      }
      int start = text.length();
      text.append(value);
      spans.add(new Sample.Span(type, start, text.length()));
    }
    text.append(pattern.substring(at));
    var set = template.kind() + "/" + (applied ? disguise : Disguise.NONE).id();
    return new Sample(set, text.toString(), spans, Set.of());
  }

  /** Groups of digits as people write them; not under a disguise that breaks lines of its own. */
  private String layout(DataType type, String value, Disguise disguise) {
    if (random.nextInt(2) == 0 || disguise == Disguise.PERCENT) {
      return value;
    }
    char separator = random.nextInt(2) == 0 ? ' ' : '-';
    return switch (type) {
      case CN_RESIDENT_ID ->
          random.nextBoolean()
              ? grouped(value, separator, 6, 4, 4, 4)
              : grouped(value, separator, 6, 8, 4);
      case CN_MOBILE -> grouped(value, separator, 3, 4, 4);
      case PAYMENT_CARD ->
          value.length() == 15
              ? grouped(value, separator, 4, 6, 5)
              : grouped(value, separator, 4, 4, 4, 4, 4);
      case IBAN -> grouped(value, ' ', 4, 4, 4, 4, 4, 4, 4, 4);
      case CN_ORGANISATION_CODE -> grouped(value, separator, 2, 6, 9, 1);
      default -> value;
    };
  }

  private static String grouped(String value, char separator, int... sizes) {
    var out = new StringBuilder();
    int at = 0;
    for (int size : sizes) {
      if (at >= value.length()) {
        break;
      }
      if (at > 0) {
        out.append(separator);
      }
      int end = Math.min(value.length(), at + size);
      out.append(value, at, end);
      at = end;
    }
    return out.append(value.substring(at)).toString();
  }

  private String value(DataType type, Templates.Template template) {
    boolean chinese = !template.kind().startsWith("en");
    return switch (type) {
      case CN_RESIDENT_ID -> values.residentId();
      case CN_ORGANISATION_CODE -> values.organisationCode();
      case CN_MOBILE -> values.mobile();
      case CN_LANDLINE -> values.landline();
      case PAYMENT_CARD -> values.card();
      case IBAN -> values.iban();
      case IMEI -> values.imei();
      case HK_ID -> values.hongKongId();
      case TAIWAN_ID -> values.taiwanId();
      case VIN -> values.vin();
      case CN_LICENSE_PLATE -> values.plate();
      case EMAIL -> values.email();
      case PHONE_NUMBER -> values.phone();
      case IP_ADDRESS -> values.ip();
      case MAC_ADDRESS -> values.mac();
      case US_SSN -> values.ssn();
      case PERSON_NAME -> chinese ? values.chineseName() : values.englishName();
      case ADDRESS -> chinese ? values.chineseAddress() : values.englishAddress();
      case COORDINATES -> values.coordinates();
      case JWT -> values.jwt();
      case PRIVATE_KEY -> values.privateKey();
      case API_KEY -> values.apiKey();
      case CONNECTION_PASSWORD -> values.mixed(SyntheticValues.ALNUM, 12);
      case PASSWORD -> values.mixed(SyntheticValues.ALNUM, 9) + values.one("!", "#", "_7", "x9");
      case SECRET_VALUE -> values.mixed(SyntheticValues.ALNUM, 32);
      case PASSPORT -> "E" + values.some(SyntheticValues.DIGITS, 8);
      case CN_TRAVEL_PERMIT -> "C" + values.some(SyntheticValues.DIGITS, 8);
      case WECHAT_ID -> "wx_" + values.mixed(SyntheticValues.LOWER + SyntheticValues.DIGITS, 8);
      case QQ_NUMBER -> "1" + values.some(SyntheticValues.DIGITS, 8);
      case MEDICAL_RECORD_NUMBER -> "ZY" + values.some(SyntheticValues.DIGITS, 8);
      case DATE_OF_BIRTH -> dashed(values.date());
      case POSTAL_CODE -> values.some("123456789", 6);
      default -> throw new IllegalArgumentException("no synthetic values of " + type.id());
    };
  }

  private static String dashed(String date) {
    return date.substring(0, 4) + "-" + date.substring(4, 6) + "-" + date.substring(6);
  }
}
