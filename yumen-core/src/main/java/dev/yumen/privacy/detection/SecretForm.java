package dev.yumen.privacy.detection;

/** Secrets with an inner structure, each known by a literal within. */
enum SecretForm {
  /** The start of a JSON Web Token: the beginning of an object in base64. */
  JSON_WEB_TOKEN("eyJ"),
  /** The armour of private keys (RFC 7468, RFC 9580, OpenSSH). */
  ARMOUR("-----BEGIN"),
  /** The place in a URL behind which user and password can stand (RFC 3986). */
  AUTHORITY("://"),
  /** A client secret of Microsoft Entra ID has this at its fourth place. */
  ENTRA_SECRET("Q~"),
  /** Within a token of Terraform Cloud. */
  TERRAFORM_TOKEN(".atlasv1."),
  /** The end of a licence key of MaxMind. */
  MAXMIND_KEY("_mmk"),
  /** A webhook of Microsoft Teams. */
  TEAMS_WEBHOOK("webhook.office.com/webhookb2/"),
  /** The start of a command that may carry credentials. */
  CURL("curl "),
  /** The option of curl for user and password. */
  CURL_USER("--user"),
  /** The short form of it. */
  CURL_U(" -u");

  private final String literal;

  SecretForm(String literal) {
    this.literal = literal;
  }

  /** The literal; case counts. */
  String literal() {
    return literal;
  }
}
