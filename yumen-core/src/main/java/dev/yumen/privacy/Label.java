package dev.yumen.privacy;

/**
 * The word a pseudonym begins with. It tells a model what kind of thing is meant, so that grammar
 * and reasoning survive. A closed list of upper-case ASCII words, none the beginning of another;
 * adding one is safe, renaming one changes the pseudonyms of running conversations.
 */
public enum Label {
  /** A person's name. */
  PERSON,
  /** A date of birth. */
  BIRTHDATE,
  /** An age. */
  AGE,
  /** The number of an identity card or of social security. */
  IDCARD,
  /** A passport number. */
  PASSPORT,
  /** The number of a travel or residence permit. */
  PERMIT,
  /** The number of a licence. */
  LICENSE,
  /** A tax number. */
  TAXNUMBER,
  /** A telephone number. */
  PHONE,
  /** An e-mail address. */
  EMAIL,
  /** The name or number of an account. */
  ACCOUNT,
  /** A postal address. */
  ADDRESS,
  /** A postal code. */
  POSTCODE,
  /** A payment card number. */
  CARD,
  /** A bank account number. */
  BANK,
  /** An international bank account number. */
  IBAN,
  /** The address of a wallet. */
  WALLET,
  /** The number of a medical record. */
  RECORD,
  /** The number of an insurance. */
  INSURANCE,
  /** A number plate. */
  PLATE,
  /** A vehicle identification number. */
  VIN,
  /** The identity of a mobile device. */
  IMEI,
  /** An internet address. */
  IP,
  /** A hardware address. */
  MAC,
  /** Coordinates. */
  PLACE,
  /** The number or name of an organisation. */
  ORG,
  /** A key, token or password. */
  SECRET,
  /** Anything else. */
  DATA,
  /** Text of the caller's own that looks like a pseudonym. */
  LIT;

  /**
   * The label for a type of data as detectors name it, for instance {@code cn-mobile}; {@link
   * #DATA} for a name not known here, so that a new type is never left in the clear.
   */
  public static Label ofType(String id) {
    return switch (id) {
      case "person-name" -> PERSON;
      case "date-of-birth" -> BIRTHDATE;
      case "minor-age" -> AGE;
      case "passport" -> PASSPORT;
      case "cn-travel-permit" -> PERMIT;
      case "driver-license" -> LICENSE;
      case "us-itin", "de-tax-id", "it-fiscal-code" -> TAXNUMBER;
      case "cn-resident-id",
          "cn-military-id",
          "cn-social-security-number",
          "hk-id",
          "macau-id",
          "taiwan-id",
          "us-ssn",
          "uk-nhs-number",
          "uk-nino",
          "fr-nir",
          "es-nif",
          "nl-bsn",
          "pl-pesel",
          "se-personal-number",
          "in-aadhaar",
          "ca-sin",
          "kr-rrn",
          "sg-nric",
          "br-cpf",
          "jp-my-number" ->
          IDCARD;
      case "cn-mobile", "cn-landline", "phone-number" -> PHONE;
      case "email" -> EMAIL;
      case "wechat-id", "qq-number" -> ACCOUNT;
      case "address" -> ADDRESS;
      case "postal-code" -> POSTCODE;
      case "payment-card" -> CARD;
      case "bank-account" -> BANK;
      case "iban" -> IBAN;
      case "crypto-address" -> WALLET;
      case "medical-record-number" -> RECORD;
      case "health-insurance-number" -> INSURANCE;
      case "cn-license-plate" -> PLATE;
      case "vin" -> VIN;
      case "imei" -> IMEI;
      case "ip-address" -> IP;
      case "mac-address" -> MAC;
      case "coordinates" -> PLACE;
      case "cn-organisation-code" -> ORG;
      case "api-key",
          "private-key",
          "jwt",
          "connection-password",
          "password",
          "authorization",
          "webhook-url",
          "secret-value" ->
          SECRET;
      default -> DATA;
    };
  }
}
