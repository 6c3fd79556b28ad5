package dev.yumen.privacy.detection;

import java.util.Locale;

/**
 * Every kind of data the gateway knows how to find: a closed set, so that a policy can be checked
 * against it. {@code docs/reference/detected-types.md} shows each with examples and its source.
 *
 * <p>The two numbers are the decision table: the confidence in percent that the bare form earns,
 * and what a correct checksum (or decoded inner structure) adds. Words nearby, labels and column
 * headers add {@link Weights#CONTEXT} and its neighbours; evidence against takes away. What ends
 * below {@link Weights#THRESHOLD} is not reported, so a type whose form alone earns less needs a
 * word to be found.
 */
public enum DataType {
  // People.
  /** A person's name, by label or column; the name model finds the others. */
  PERSON_NAME(Group.PERSON, 20, 0),
  /** A date named as date of birth. */
  DATE_OF_BIRTH(Group.PERSON, 20, 0),
  /** An age below 14: minors' data is sensitive (PIPL Art. 28). */
  MINOR_AGE(Group.PERSON, 55, 0),

  // Identity documents, China.
  /** Resident identity number, GB 11643, 18 digits or the older 15; also residence permits. */
  CN_RESIDENT_ID(Group.IDENTITY, 60, 30),
  /** Passport number, Chinese or foreign. */
  PASSPORT(Group.IDENTITY, 25, 0),
  /** Exit-entry permits: to and from Hong Kong, Macau and Taiwan. */
  CN_TRAVEL_PERMIT(Group.IDENTITY, 20, 0),
  /** Military identity document. */
  CN_MILITARY_ID(Group.IDENTITY, 60, 0),
  /** Social security number of mainland China. */
  CN_SOCIAL_SECURITY_NUMBER(Group.IDENTITY, 20, 0),
  /** Hong Kong identity card. */
  HK_ID(Group.IDENTITY, 30, 35),
  /** Macau identity card. */
  MACAU_ID(Group.IDENTITY, 35, 0),
  /** Taiwan identity card. */
  TAIWAN_ID(Group.IDENTITY, 25, 40),
  /** Driving licence. */
  DRIVER_LICENSE(Group.IDENTITY, 20, 0),

  // Identity numbers, elsewhere.
  /** United States social security number. */
  US_SSN(Group.IDENTITY, 60, 0),
  /** United States individual taxpayer identification number. */
  US_ITIN(Group.IDENTITY, 60, 0),
  /** British NHS number. */
  UK_NHS_NUMBER(Group.IDENTITY, 20, 30),
  /** British national insurance number. */
  UK_NINO(Group.IDENTITY, 55, 0),
  /** German tax identification number. */
  DE_TAX_ID(Group.IDENTITY, 15, 25),
  /** French NIR, the number of the social security. */
  FR_NIR(Group.IDENTITY, 25, 50),
  /** Italian codice fiscale. */
  IT_FISCAL_CODE(Group.IDENTITY, 50, 40),
  /** Spanish NIF: DNI and NIE. */
  ES_NIF(Group.IDENTITY, 25, 35),
  /** Dutch citizen service number. */
  NL_BSN(Group.IDENTITY, 15, 25),
  /** Polish PESEL. */
  PL_PESEL(Group.IDENTITY, 15, 30),
  /** Swedish personal identity number. */
  SE_PERSONAL_NUMBER(Group.IDENTITY, 20, 35),
  /** Indian Aadhaar. */
  IN_AADHAAR(Group.IDENTITY, 20, 25),
  /** Canadian social insurance number. */
  CA_SIN(Group.IDENTITY, 20, 25),
  /** South Korean resident registration number. */
  KR_RRN(Group.IDENTITY, 55, 25),
  /** Singapore NRIC and FIN. */
  SG_NRIC(Group.IDENTITY, 30, 40),
  /** Brazilian CPF. */
  BR_CPF(Group.IDENTITY, 25, 35),
  /** Japanese My Number. */
  JP_MY_NUMBER(Group.IDENTITY, 15, 25),

  // Contact.
  /** Chinese mobile number. */
  CN_MOBILE(Group.CONTACT, 65, 0),
  /** Chinese landline number. */
  CN_LANDLINE(Group.CONTACT, 55, 0),
  /** Any other telephone number. */
  PHONE_NUMBER(Group.CONTACT, 50, 0),
  /** E-mail address. */
  EMAIL(Group.CONTACT, 85, 0),
  /** WeChat account. */
  WECHAT_ID(Group.CONTACT, 20, 0),
  /** QQ number. */
  QQ_NUMBER(Group.CONTACT, 20, 0),
  /** Postal address with at least a street and a number, or two levels below the city. */
  ADDRESS(Group.CONTACT, 60, 0),
  /** Postal code. */
  POSTAL_CODE(Group.CONTACT, 20, 0),

  // Money.
  /** Payment card number. */
  PAYMENT_CARD(Group.FINANCE, 35, 40),
  /** Bank account number. */
  BANK_ACCOUNT(Group.FINANCE, 20, 0),
  /** International bank account number. */
  IBAN(Group.FINANCE, 40, 50),
  /** Address of a cryptocurrency wallet. */
  CRYPTO_ADDRESS(Group.FINANCE, 15, 70),

  // Health.
  /** Number of a medical record, an admission or an out-patient. */
  MEDICAL_RECORD_NUMBER(Group.HEALTH, 20, 0),
  /** Number of a health insurance card. */
  HEALTH_INSURANCE_NUMBER(Group.HEALTH, 20, 0),

  // Vehicles and devices.
  /** Chinese number plate, GA 36. */
  CN_LICENSE_PLATE(Group.VEHICLE, 65, 0),
  /** Vehicle identification number. */
  VIN(Group.VEHICLE, 25, 35),
  /** Identity of a mobile device. */
  IMEI(Group.DEVICE, 10, 25),
  /** IPv4 or IPv6 address. */
  IP_ADDRESS(Group.DEVICE, 60, 0),
  /** Hardware address of a network interface. */
  MAC_ADDRESS(Group.DEVICE, 65, 0),
  /** Geographic coordinates. */
  COORDINATES(Group.LOCATION, 55, 0),

  // Organisations.
  /** Unified social credit code, GB 32100: organisations, sole traders among them. */
  CN_ORGANISATION_CODE(Group.ORGANISATION, 35, 40),

  // Secrets.
  /** Key or token of a known service. */
  API_KEY(Group.SECRET, 85, 0),
  /** Private key in PEM, OpenSSH or PGP armour. */
  PRIVATE_KEY(Group.SECRET, 95, 0),
  /** JSON Web Token. */
  JWT(Group.SECRET, 30, 65),
  /** Password within a URL or a connection string. */
  CONNECTION_PASSWORD(Group.SECRET, 80, 0),
  /** Password by label. */
  PASSWORD(Group.SECRET, 20, 0),
  /** Credential in a header or on a command line. */
  AUTHORIZATION(Group.SECRET, 75, 0),
  /** Address that lets anybody who knows it post messages. */
  WEBHOOK_URL(Group.SECRET, 90, 0),
  /** Anything else that a label calls a secret and that looks random. */
  SECRET_VALUE(Group.SECRET, 20, 0),

  // Organisation-defined.
  /** Important data by the organisation's own catalogue (Data Security Law Art. 21). */
  IMPORTANT_DATA(Group.CUSTOM, 90, 0),
  /** What else the organisation has listed: project names, customers. */
  CUSTOM(Group.CUSTOM, 90, 0);

  /** What the type is about. */
  public enum Group {
    /** The person as such. */
    PERSON,
    /** Numbers of identity. */
    IDENTITY,
    /** Ways to reach a person. */
    CONTACT,
    /** Money. */
    FINANCE,
    /** Health. */
    HEALTH,
    /** Vehicles. */
    VEHICLE,
    /** Devices and their addresses. */
    DEVICE,
    /** Where a person is. */
    LOCATION,
    /** Organisations: not personal data, sole traders excepted. */
    ORGANISATION,
    /** Keys, tokens and passwords. */
    SECRET,
    /** Defined by the organisation. */
    CUSTOM
  }

  private final Group group;
  private final int format;
  private final int checksum;

  DataType(Group group, int format, int checksum) {
    this.group = group;
    this.format = format;
    this.checksum = checksum;
  }

  /** What the type is about. */
  public Group group() {
    return group;
  }

  /** The name in settings, logs and files: lower case with hyphens, for instance {@code hk-id}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Finds the type with the id.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static DataType of(String id) {
    for (var type : values()) {
      if (type.id().equals(id)) {
        return type;
      }
    }
    throw new IllegalArgumentException("no type of data is called " + id);
  }

  /** Confidence in percent that the form alone earns. */
  public int format() {
    return format;
  }

  /** Percent that a correct checksum adds; none for types without one. */
  public int checksum() {
    return checksum;
  }

  /** Tells whether it identifies or describes a person (PIPL Art. 4, GDPR Art. 4(1)). */
  public boolean personal() {
    return group != Group.SECRET && group != Group.ORGANISATION && group != Group.CUSTOM;
  }

  /** Tells whether it is a key, token or password: masked one way or blocked, never restored. */
  public boolean secret() {
    return group == Group.SECRET;
  }

  /** Tells whether it reveals a special category of GDPR Art. 9(1), here health. */
  public boolean gdprSpecial() {
    return group == Group.HEALTH || this == UK_NHS_NUMBER;
  }
}
