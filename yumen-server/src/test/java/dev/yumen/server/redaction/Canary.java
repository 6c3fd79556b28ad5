package dev.yumen.server.redaction;

import dev.yumen.authentication.KeyText;
import java.security.SecureRandom;
import java.util.List;

/** Things no log may hold, one of each kind, none of them real. */
public enum Canary {
  YUMEN_KEY(KeyText.random(new SecureRandom()).text()),
  CLAUDE_KEY("sk-ant-api03-Zq8vX2_canary-key_R7tL0pWm4Ks9Hd3Fg6Jb1Nc5Vx8Qz2Ty7Ur0-AA"),
  CLAUDE_TOKEN("sk-ant-oat01-canaryTOKEN_9f8e7d6c5b4a3210"),
  OPENAI_KEY("sk-proj-canary0Zx9Yw8Vu7Ts6Rq5Po4Nm3Lk2Ji1Hg0"),
  DEEPSEEK_KEY("sk-0a1b2c3d4e5f60718293a4b5c6d7e8f9"),
  JWT(
      "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJlLWNhbmFyeQ",
      "eyJzdWIiOiJjYW5hcnkifQ",
      "c2lnbmF0dXJlLWNhbmFyeQ"),
  BEARER("Bearer canary-opaque-token", "canary-opaque-token"),
  BASIC("Basic Y2FuYXJ5OnBhc3N3b3Jk", "Y2FuYXJ5OnBhc3N3b3Jk"),
  X_API_KEY("x-api-key: canary-plain-key", "canary-plain-key"),
  AWS_ID("AKIAIOSFODNN7CANARY1"),
  AWS_SECRET("wJalrXUtnFEMIK7MDENGbPxRfiCYcanaryK3y4Zq"),
  AWS_SECRET_WITH_SLASHES(
      "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYcanaryKEY",
      "wJalrXUtnFEMI",
      "bPxRfiCYcanaryKEY"),
  ALIBABA_ID("LTAI5tCanary1234567890ab"),
  ALIBABA_SECRET("aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0"),
  TENCENT_ID("AKIDz8krbsJ5yKBZQpn74WFkmLPx3Canary1"),
  TENCENT_SECRET("Gu5t9xGARNpq86cd98joQYCN3Canary1"),
  GOOGLE_KEY("AIzaSyD-canary_9tSrke72PouQMnMX-a7eZSW0"),
  GITHUB_TOKEN("ghp_canary16C7e42F292c6912E7710c838347Ae"),
  PRIVATE_KEY(
      """
      -----BEGIN PRIVATE KEY-----
      MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgcanarycanarycana
      rycanarycanarycanarycanarycanarycanarycanary
      -----END PRIVATE KEY-----\
      """,
      "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgcanarycanarycana",
      "rycanarycanarycanary"),
  EMAIL("canary.zhang@mail.example.com"),
  EMAIL_BEYOND_ASCII("金丝雀@例子.公司"),
  MOBILE("13912345678"),
  MOBILE_IN_GROUPS("139 1234 5678"),
  MOBILE_WITH_COUNTRY("8613912345678", "13912345678"),
  IDENTITY("11010519491231002X"),
  BANK_CARD("6222021234567890128"),
  CREDIT_CARD("4111-1111-1111-1111"),
  PASSWORD("password=canaryhunter2", "canaryhunter2"),
  PASSWORD_IN_JSON("\"password\":\"canary pass phrase\"", "canary pass phrase", "phrase"),
  TOKEN("access_token: 00ff00ff00ff00ff00ff00ff00ff00ff", "00ff00ff00ff00ff00ff00ff00ff00ff"),
  DSN("postgres://yumen:canarypw@db.internal:5432/yumen", "canarypw");

  private final String text;
  private final String secrets;

  Canary(String text, String... secrets) {
    this.text = text;
    this.secrets = secrets.length == 0 ? text : String.join("\t", secrets);
  }

  /** As it may come. */
  public String text() {
    return text;
  }

  /** The parts that must be gone. */
  public List<String> secrets() {
    return List.of(secrets.split("\t"));
  }
}
