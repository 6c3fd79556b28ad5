package dev.yumen.privacy.detection;

import java.util.List;

/**
 * A secret that begins with letters of its own. The prefixes and lengths follow the vendors'
 * documentation and, for many, the rules of gitleaks (MIT licence); the Chinese clouds are our own.
 *
 * @param name the name of the rule, which findings carry
 * @param type what it is
 * @param prefix how it begins; case counts
 * @param charset which characters follow
 * @param shortest fewest characters after the prefix
 * @param longest most characters after the prefix; a longer run is something else
 * @param entropy fewest bits per character of what follows; "xxxxxxxx" is no secret
 */
record SecretRule(
    String name,
    DataType type,
    String prefix,
    Charset charset,
    int shortest,
    int longest,
    double entropy) {

  /** Which ASCII characters a secret may have. */
  enum Charset {
    /** Hexadecimal digits. */
    HEX("0123456789abcdefABCDEF"),
    /** Upper case letters and digits. */
    UPPER("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    /** Lower case letters and digits. */
    LOWER("0123456789abcdefghijklmnopqrstuvwxyz"),
    /** Letters and digits. */
    ALNUM(UPPER, "abcdefghijklmnopqrstuvwxyz"),
    /** Letters, digits, hyphen and underscore. */
    URL(ALNUM, "-_"),
    /** Letters, digits, plus, slash and the padding. */
    BASE64(ALNUM, "+/="),
    /** As URL, with dots and equals signs. */
    DOTTED(URL, ".=");

    private final long low;
    private final long high;

    Charset(String members) {
      low = bits(members, 0);
      high = bits(members, 64);
    }

    Charset(Charset base, String more) {
      low = base.low | bits(more, 0);
      high = base.high | bits(more, 64);
    }

    boolean contains(char c) {
      return c < 128 && ((c < 64 ? low : high) >>> (c & 63) & 1) == 1;
    }

    private static long bits(String members, int from) {
      return members
          .chars()
          .filter(c -> c >= from && c < from + 64)
          .mapToLong(c -> 1L << (c - from))
          .reduce(0, (a, b) -> a | b);
    }
  }

  /** Name, prefix, character set, shortest, longest, entropy; a type other than API_KEY last. */
  private static final String TABLE =
      """
      anthropic-api-key sk-ant-api URL 90 140 3.0
      anthropic-admin-key sk-ant-admin URL 90 140 3.0
      anthropic-oauth-token sk-ant-oat URL 90 140 3.0
      anthropic-session-key sk-ant-sid URL 90 140 3.0
      openai-project-key sk-proj- URL 40 200 3.0
      openai-service-key sk-svcacct- URL 40 200 3.0
      openai-admin-key sk-admin- URL 40 200 3.0
      openrouter-api-key sk-or-v1- HEX 64 64 3.0
      langfuse-secret-key sk-lf- URL 36 36 3.0
      sk-api-key sk- ALNUM 32 64 3.0
      groq-api-key gsk_ ALNUM 52 52 3.0
      xai-api-key xai- ALNUM 70 90 3.0
      perplexity-api-key pplx- ALNUM 40 56 3.0
      replicate-api-token r8_ ALNUM 37 37 3.0
      huggingface-token hf_ ALNUM 34 40 3.0
      huggingface-organisation-token api_org_ ALNUM 34 34 3.0
      fireworks-api-key fw_ ALNUM 22 28 3.0
      langsmith-api-key lsv2_pt_ URL 32 50 3.0
      langsmith-service-key lsv2_sk_ URL 32 50 3.0
      aws-access-key AKIA UPPER 16 16 2.5
      aws-temporary-key ASIA UPPER 16 16 2.5
      aws-service-key ABIA UPPER 16 16 2.5
      aws-context-key ACCA UPPER 16 16 2.5
      aws-bedrock-key ABSK BASE64 100 280 3.0
      aws-bedrock-session-key bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t BASE64 0 4000 0
      google-api-key AIza URL 35 35 3.2
      google-oauth-secret GOCSPX- URL 28 28 3.0
      google-oauth-token ya29. DOTTED 30 2200 3.0
      azure-storage-key AccountKey= BASE64 60 90 3.5
      azure-shared-access SharedAccessKey= BASE64 40 90 3.5
      azure-sas-signature sig= DOTTED 40 90 3.8
      github-token ghp_ ALNUM 36 255 3.0
      github-oauth-token gho_ ALNUM 36 255 3.0
      github-user-token ghu_ ALNUM 36 255 3.0
      github-app-token ghs_ ALNUM 36 255 3.0
      github-refresh-token ghr_ ALNUM 36 255 3.0
      github-fine-grained-token github_pat_ URL 60 255 3.0
      gitlab-token glpat- DOTTED 20 320 3.0
      gitlab-deploy-token gldt- URL 20 64 3.0
      gitlab-runner-token glrt- DOTTED 20 320 3.0
      gitlab-trigger-token glptt- HEX 40 40 3.0
      gitlab-job-token glcbt- URL 20 80 3.0
      gitlab-feed-token glft- URL 20 64 3.0
      gitlab-mail-token glimt- URL 25 64 3.0
      gitlab-agent-token glagent- URL 50 64 3.0
      gitlab-application-secret gloas- URL 64 64 3.0
      gitlab-scim-token glsoat- URL 20 64 3.0
      gitlab-flag-token glffct- URL 20 64 3.0
      gitlab-registration-token GR1348941 URL 20 24 3.0
      gitlab-session-cookie _gitlab_session= LOWER 32 32 3.0
      slack-bot-token xoxb- URL 16 80 2.0
      slack-user-token xoxp- URL 24 120 2.0
      slack-legacy-token xoxs- URL 24 120 2.0
      slack-token xoxo- URL 24 120 2.0
      slack-workspace-token xoxa- URL 8 60 2.0
      slack-refresh-token xoxr- URL 8 60 2.0
      slack-configuration-token xoxe- URL 28 200 2.0
      slack-configuration-access-token xoxe. DOTTED 20 200 2.0
      slack-app-token xapp- URL 20 160 2.0
      stripe-secret-key sk_live_ ALNUM 10 120 2.0
      stripe-test-key sk_test_ ALNUM 10 120 2.0
      stripe-production-key sk_prod_ ALNUM 10 120 2.0
      stripe-restricted-key rk_live_ ALNUM 10 120 2.0
      stripe-restricted-test-key rk_test_ ALNUM 10 120 2.0
      stripe-restricted-production-key rk_prod_ ALNUM 10 120 2.0
      stripe-webhook-secret whsec_ BASE64 24 72 3.0
      npm-token npm_ ALNUM 36 36 2.5
      pypi-token pypi- URL 60 1000 3.0
      rubygems-token rubygems_ HEX 48 48 2.0
      clojars-token CLOJARS_ ALNUM 60 60 2.0
      docker-token dckr_pat_ URL 27 40 3.0
      digitalocean-token dop_v1_ HEX 64 64 3.0
      digitalocean-oauth-token doo_v1_ HEX 64 64 3.0
      digitalocean-refresh-token dor_v1_ HEX 64 64 3.0
      doppler-token dp.pt. ALNUM 43 43 2.0
      duffel-test-token duffel_test_ URL 43 43 2.0
      duffel-live-token duffel_live_ URL 43 43 2.0
      dynatrace-token dt0c01. DOTTED 80 100 3.5
      databricks-token dapi HEX 32 32 3.0
      easypost-key EZAK ALNUM 54 54 2.0
      easypost-test-key EZTK ALNUM 54 54 2.0
      facebook-page-token EAAM ALNUM 100 400 3.5
      facebook-page-token-2 EAAC ALNUM 100 400 3.5
      flutterwave-secret-key FLWSECK_TEST- URL 12 40 2.0
      flyio-token fo1_ URL 43 43 3.8
      flyio-macaroon fm1a_ BASE64 100 2000 3.8
      flyio-root-macaroon fm1r_ BASE64 100 2000 3.8
      flyio-macaroon-2 fm2_ BASE64 100 2000 3.8
      frameio-token fio-u- URL 64 64 3.0
      grafana-cloud-token glc_ BASE64 32 400 3.0
      grafana-service-token glsa_ URL 41 41 3.0
      grafana-api-key eyJrIjoi BASE64 70 400 3.0
      harness-token pat. DOTTED 60 72 3.5
      harness-service-token sat. DOTTED 60 72 3.5
      heroku-key HRKU-AA URL 58 58 3.5
      infracost-token ico- ALNUM 32 32 3.0
      intra42-secret s-s4t2ud- HEX 64 64 3.0
      intra42-secret-2 s-s4t2af- HEX 64 64 3.0
      linear-key lin_api_ ALNUM 40 40 2.0
      mailgun-key key- HEX 32 32 3.0
      mailgun-public-key pubkey- HEX 32 32 3.0
      mapbox-token sk.eyJ DOTTED 60 200 3.0
      newrelic-user-key NRAK- UPPER 27 27 3.0
      newrelic-insert-key NRII- URL 32 32 3.0
      newrelic-browser-key NRJS- HEX 19 19 2.5
      notion-token ntn_ ALNUM 46 46 3.5
      notion-secret secret_ ALNUM 43 43 3.5
      octopus-key API- UPPER 26 26 3.0
      openshift-token sha256~ URL 43 43 3.5
      planetscale-token pscale_tkn_ DOTTED 32 64 3.0
      planetscale-oauth-token pscale_oauth_ DOTTED 32 64 3.0
      planetscale-password pscale_pw_ DOTTED 32 64 3.0
      postman-key PMAK- URL 59 59 3.0
      prefect-token pnu_ ALNUM 36 36 2.5
      pulumi-token pul- HEX 40 40 2.5
      readme-token rdme_ LOWER 70 70 2.5
      scalingo-token tk-us- URL 48 48 2.5
      sendgrid-key SG. DOTTED 66 66 3.0
      sendinblue-key xkeysib- URL 81 81 3.0
      sentry-organisation-token sntrys_ BASE64 80 500 3.5
      sentry-user-token sntryu_ HEX 64 64 3.0
      settlemint-application-token sm_aat_ ALNUM 16 16 2.5
      settlemint-personal-token sm_pat_ ALNUM 16 16 2.5
      settlemint-service-token sm_sat_ ALNUM 16 16 2.5
      shippo-live-token shippo_live_ HEX 40 40 2.0
      shippo-test-token shippo_test_ HEX 40 40 2.0
      shopify-token shpat_ HEX 32 32 2.0
      shopify-custom-token shpca_ HEX 32 32 2.0
      shopify-private-token shppa_ HEX 32 32 2.0
      shopify-secret shpss_ HEX 32 32 2.0
      sourcegraph-token sgp_ URL 40 57 3.0
      square-token sq0atp- URL 22 60 2.5
      square-token-2 EAAA URL 56 60 3.0
      twilio-key SK HEX 32 32 3.0
      typeform-token tfp_ DOTTED 59 59 2.5
      vault-service-token hvs. URL 90 120 3.5
      vault-batch-token hvb. URL 138 300 3.5
      artifactory-key AKCp ALNUM 69 69 3.5
      artifactory-reference-token cmVmd ALNUM 59 59 3.5
      clickhouse-key 4b1d ALNUM 38 38 3.0
      adobe-secret p8e- ALNUM 32 32 2.0
      age-secret-key AGE-SECRET-KEY-1 UPPER 58 58 3.0
      airtable-token pat DOTTED 79 79 3.5
      atlassian-token ATATT3 DOTTED 186 186 3.5
      cloudflare-origin-key v1.0- URL 171 171 3.0
      onepassword-service-token ops_eyJ BASE64 250 2000 3.5
      onepassword-secret-key A3- URL 30 42 3.0
      tailscale-key tskey- URL 20 80 3.0
      supabase-key sbp_ HEX 40 40 3.0
      vercel-token vercel_ ALNUM 24 40 3.0
      alibaba-access-key LTAI ALNUM 12 26 3.0
      alibaba-sts-key STS. ALNUM 24 40 3.0
      tencent-secret-id AKID ALNUM 32 32 3.5
      tencent-temporary-id AKIDz URL 33 80 3.5
      baidu-access-key ALTAK ALNUM 20 40 3.0
      baidu-api-key bce-v3/ALTAK- BASE64 30 120 3.0
      volcengine-access-key AKLT ALNUM 40 60 3.0
      huawei-access-key HPUA UPPER 16 16 3.0
      slack-webhook hooks.slack.com/services/ BASE64 30 60 0 WEBHOOK_URL
      slack-workflow-webhook hooks.slack.com/workflows/ BASE64 30 80 0 WEBHOOK_URL
      slack-trigger-webhook hooks.slack.com/triggers/ BASE64 30 80 0 WEBHOOK_URL
      discord-webhook discord.com/api/webhooks/ DOTTED 17 20 0 WEBHOOK_URL
      feishu-webhook open.feishu.cn/open-apis/bot/v2/hook/ URL 32 40 0 WEBHOOK_URL
      lark-webhook open.larksuite.com/open-apis/bot/v2/hook/ URL 32 40 0 WEBHOOK_URL
      wecom-webhook qyapi.weixin.qq.com/cgi-bin/webhook/send?key= URL 32 40 0 WEBHOOK_URL
      dingtalk-webhook oapi.dingtalk.com/robot/send?access_token= ALNUM 60 70 0 WEBHOOK_URL
      """;

  static final List<SecretRule> ALL = TABLE.lines().map(SecretRule::parse).toList();

  private static SecretRule parse(String line) {
    var cells = line.split(" ", 0);
    return new SecretRule(
        cells[0],
        cells.length > 6 ? DataType.valueOf(cells[6]) : DataType.API_KEY,
        cells[1],
        Charset.valueOf(cells[2]),
        Integer.parseInt(cells[3]),
        Integer.parseInt(cells[4]),
        Double.parseDouble(cells[5]));
  }
}
