package dev.yumen.privacy.detection;

import static dev.yumen.privacy.detection.DataType.*;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Which types count as sensitive personal information (PIPL Art. 28). The two Chinese standards
 * differ: GB/T 45574-2025 Annex A no longer lists the number of the identity card, only the card's
 * photograph, so an organisation chooses; the strict profile is the union and the default.
 */
public enum SensitivityProfile {
  /** GB/T 35273-2020 Annex B: property, health, identity documents, precise location, minors. */
  GBT_35273_2020(
      EnumSet.of(
          CN_RESIDENT_ID,
          PASSPORT,
          CN_TRAVEL_PERMIT,
          CN_MILITARY_ID,
          CN_SOCIAL_SECURITY_NUMBER,
          HK_ID,
          MACAU_ID,
          TAIWAN_ID,
          DRIVER_LICENSE,
          US_SSN,
          US_ITIN,
          UK_NHS_NUMBER,
          UK_NINO,
          DE_TAX_ID,
          FR_NIR,
          IT_FISCAL_CODE,
          ES_NIF,
          NL_BSN,
          PL_PESEL,
          SE_PERSONAL_NUMBER,
          IN_AADHAAR,
          CA_SIN,
          KR_RRN,
          SG_NRIC,
          BR_CPF,
          JP_MY_NUMBER,
          PAYMENT_CARD,
          BANK_ACCOUNT,
          IBAN,
          CRYPTO_ADDRESS,
          MEDICAL_RECORD_NUMBER,
          HEALTH_INSURANCE_NUMBER,
          COORDINATES,
          MINOR_AGE)),
  /** GB/T 45574-2025 Annex A: financial accounts, health, whereabouts, minors under 14. */
  GBT_45574_2025(
      EnumSet.of(
          PAYMENT_CARD,
          BANK_ACCOUNT,
          IBAN,
          CRYPTO_ADDRESS,
          MEDICAL_RECORD_NUMBER,
          HEALTH_INSURANCE_NUMBER,
          UK_NHS_NUMBER,
          COORDINATES,
          MINOR_AGE)),
  /** Both. */
  STRICT(union(GBT_35273_2020.sensitive, GBT_45574_2025.sensitive));

  @SuppressWarnings("ImmutableEnumChecker") // never changed
  private final EnumSet<DataType> sensitive;

  SensitivityProfile(EnumSet<DataType> sensitive) {
    this.sensitive = sensitive;
  }

  /** Tells whether the type is sensitive by this profile. */
  public boolean sensitive(DataType type) {
    return sensitive.contains(type);
  }

  /** The name in settings and audit records, for instance {@code gbt-35273-2020}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static EnumSet<DataType> union(Set<DataType> one, Set<DataType> other) {
    var all = EnumSet.copyOf(one);
    all.addAll(other);
    return all;
  }
}
