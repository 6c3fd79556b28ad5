package dev.yumen.privacy.detection;

import dev.yumen.privacy.detection.SecretRule.Charset;
import java.util.List;

/**
 * A secret without letters of its own, which is known by the vendor's name in the name of what it
 * is assigned to: {@code OKTA_TOKEN=00…}. The shapes follow the rules of gitleaks (MIT licence);
 * the Chinese clouds are our own.
 *
 * @param vendor the vendor's name as it occurs in names, lower case
 * @param start with what the value must begin, often with nothing
 * @param charset which characters the value has
 * @param length how many, the start included
 */
record VendorRule(String vendor, String start, Charset charset, int length) {

  /** Vendor, character set, length, and the start of the value where there is one. */
  private static final String TABLE =
      """
      adafruit URL 32
      adobe HEX 32
      airtable ALNUM 17
      algolia ALNUM 32
      alibaba ALNUM 30
      aliyun ALNUM 30
      asana ALNUM 32
      atlassian ALNUM 24
      jira ALNUM 24
      confluence ALNUM 24
      beamer URL 46 b_
      bitbucket ALNUM 32
      bitbucket URL 64
      bittrex ALNUM 32
      cloudflare URL 40
      cloudflare HEX 37
      codecov ALNUM 32
      cohere ALNUM 40
      co_api_key ALNUM 40
      coinbase URL 64
      confluent ALNUM 16
      confluent ALNUM 64
      contentful URL 43
      datadog ALNUM 40
      discord HEX 64
      discord URL 32
      droneci ALNUM 32
      etsy ALNUM 24
      facebook HEX 32
      fastly URL 32
      finicity HEX 32
      finnhub ALNUM 20
      flickr ALNUM 32
      freshbooks ALNUM 64
      gitter URL 40
      jfrog ALNUM 73
      artifactory ALNUM 73
      kraken BASE64 88
      kucoin HEX 24
      launchdarkly URL 40
      linear HEX 32
      linkedin ALNUM 16
      mattermost ALNUM 26
      messagebird ALNUM 25
      meraki HEX 40
      netlify URL 43
      newrelic ALNUM 64
      nytimes URL 32
      okta DOTTED 42 00
      plaid ALNUM 30
      plaid ALNUM 24
      privateai LOWER 32
      private_ai LOWER 32
      private-ai LOWER 32
      rapidapi URL 50
      sendbird HEX 40
      sentry HEX 64
      sonar URL 40
      sourcegraph HEX 40
      sumo ALNUM 14 su
      sumo ALNUM 64
      travis ALNUM 22
      trello ALNUM 32
      twitch ALNUM 30
      twitter ALNUM 25
      twitter ALNUM 45
      twitter ALNUM 50
      yandex URL 40 YC
      yandex URL 40 AQVN
      zendesk ALNUM 40
      heroku URL 36
      hubspot URL 36
      snyk URL 36
      squarespace URL 36
      mailchimp URL 36
      tencent ALNUM 32
      qcloud ALNUM 32
      baidu LOWER 32
      bce LOWER 32
      huawei ALNUM 40
      obs ALNUM 40
      qiniu URL 40
      ksyun BASE64 44
      jdcloud UPPER 32
      volc BASE64 60
      zhipu ALNUM 49
      minimax URL 32
      spark ALNUM 32
      xfyun ALNUM 32
      amap HEX 32
      ucloud BASE64 44
      """;

  static final List<VendorRule> ALL = TABLE.lines().map(VendorRule::parse).toList();

  private static VendorRule parse(String line) {
    var cells = line.split(" ", 0);
    return new VendorRule(
        cells[0],
        cells.length > 3 ? cells[3] : "",
        Charset.valueOf(cells[1]),
        Integer.parseInt(cells[2]));
  }
}
