import { hasBase62Checksum } from "./checksum.ts";

/** What a provider's secret looks like. Lengths and prefixes are the provider's own, or observed on issued ones. */
export interface SecretFormat {
  /** As the message names it: "a GitHub personal access token". */
  readonly what: string;
  /** Each way it can begin; a text without any of them is not searched further. */
  readonly prefixes: readonly string[];
  /** The whole secret, sticky; it begins with one of `prefixes`. The group is the random part, where that is not the whole. */
  readonly shape: RegExp;
  /** Bits per character that the random part has at least: 3 for hexadecimal and upper-case alphabets, 3.5 for wider ones. */
  readonly entropy: number;
  /** For formats with a checksum: whether this is one that the provider issued. A right one needs no other evidence. */
  readonly issued?: (random: string) => boolean;
}

const END = "(?![A-Za-z0-9_-])";

function format(what: string, prefixes: readonly string[], random: string, entropy = 3.5): SecretFormat {
  const start = prefixes.map((prefix) => prefix.replace(/[.$]/g, "\\$&")).join("|");
  return { what, prefixes, shape: new RegExp(`(?:${start})(${random})${END}`, "y"), entropy };
}

function hex(what: string, prefix: string, length: number): SecretFormat {
  return format(what, [prefix], `[0-9a-f]{${length}}`, 3);
}

/** Ordered by how often they leak. All repetitions are bounded and none is nested: matching is linear. */
export const SECRET_FORMATS: readonly SecretFormat[] = [
  format("an AWS access key id", ["AKIA", "ASIA"], "[A-Z2-7]{16}", 2.8),
  {
    ...format("a GitHub token", ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], "[A-Za-z0-9]{36}"),
    issued: hasBase62Checksum,
  },
  format("a GitHub fine-grained token", ["github_pat_"], "[A-Za-z0-9]{22}_[A-Za-z0-9]{59}"),
  format("a GitLab token", ["glpat-", "gldt-", "glrt-", "glsoat-", "glptt-", "glcbt-"], "[A-Za-z0-9_-]{20,64}"),
  format("a Google API key", ["AIza"], "[A-Za-z0-9_-]{35}"),
  format("a Google OAuth client secret", ["GOCSPX-"], "[A-Za-z0-9_-]{28}"),
  format(
    "a Slack token",
    ["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-"],
    "[0-9]{9,13}-(?:[0-9]{9,13}-){0,2}[A-Za-z0-9]{24,64}",
  ),
  format("a Slack app token", ["xapp-"], "[0-9]-[A-Z0-9]{9,13}-[0-9]{9,15}-[0-9a-f]{64}", 3),
  format(
    "a Slack webhook address",
    ["https://hooks.slack.com/services/"],
    "T[A-Z0-9]{8,12}/B[A-Z0-9]{8,12}/[A-Za-z0-9]{24}",
  ),
  format("a live Stripe key", ["sk_live_", "rk_live_"], "[A-Za-z0-9]{24,247}"),
  format("a Stripe webhook secret", ["whsec_"], "[A-Za-z0-9+/]{32,64}={0,2}"),
  format(
    "an OpenAI API key",
    ["sk-proj-", "sk-svcacct-", "sk-admin-", "sk-"],
    "[A-Za-z0-9_-]{20,74}T3BlbkFJ[A-Za-z0-9_-]{20,74}",
  ),
  format("an Anthropic API key", ["sk-ant-api03-", "sk-ant-admin01-"], "[A-Za-z0-9_-]{93}AA"),
  format("a Hugging Face token", ["hf_"], "[A-Za-z]{34}"),
  format("a Groq API key", ["gsk_"], "[A-Za-z0-9]{52}"),
  format("a Replicate token", ["r8_"], "[A-Za-z0-9]{37}"),
  { ...format("an npm token", ["npm_"], "[A-Za-z0-9]{36}"), issued: hasBase62Checksum },
  format("a PyPI token", ["pypi-AgEIcHlwaS5vcmc", "pypi-AgENdGVzdC5weXBpLm9yZw"], "[A-Za-z0-9_-]{50,255}"),
  hex("a RubyGems token", "rubygems_", 48),
  format("a Docker Hub token", ["dckr_pat_", "dckr_oat_"], "[A-Za-z0-9_-]{27,32}"),
  format("a SendGrid key", ["SG."], "[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}"),
  format("a Brevo key", ["xkeysib-"], "[0-9a-f]{64}-[A-Za-z0-9]{16}"),
  hex("a Mailgun key", "key-", 32),
  format("a DigitalOcean token", ["dop_v1_", "doo_v1_", "dor_v1_"], "[0-9a-f]{64}", 3),
  format("a Shopify token", ["shpat_", "shpca_", "shppa_", "shpss_"], "[0-9a-fA-F]{32}", 3),
  format("a Square token", ["sq0atp-", "sq0csp-"], "[A-Za-z0-9_-]{22,43}"),
  format("a Databricks token", ["dapi"], "[0-9a-f]{32}(?:-[0-9])?", 3),
  format("a HashiCorp Vault token", ["hvs.", "hvb."], "[A-Za-z0-9_-]{90,300}"),
  format("an Atlassian token", ["ATATT3xFfGF0"], "[A-Za-z0-9_=-]{170,200}"),
  format("a Linear API key", ["lin_api_"], "[A-Za-z0-9]{40}"),
  format("a Notion token", ["ntn_"], "[0-9]{11}[A-Za-z0-9]{35}"),
  format("a New Relic user key", ["NRAK-"], "[A-Z0-9]{27}", 3),
  format("a Grafana token", ["glsa_"], "[A-Za-z0-9]{32}_[0-9a-f]{8}"),
  format("a Doppler token", ["dp.pt.", "dp.st."], "[A-Za-z0-9._-]{40,60}"),
  format("a Postman key", ["PMAK-"], "[0-9a-f]{24}-[0-9a-f]{34}", 3),
  format("a PlanetScale secret", ["pscale_tkn_", "pscale_pw_"], "[A-Za-z0-9_.=-]{32,64}"),
  hex("a Supabase token", "sbp_", 40),
  hex("a Sentry user token", "sntryu_", 64),
  format("an Airtable token", ["pat"], "[A-Za-z0-9]{14}\\.[0-9a-f]{64}"),
  format("a Figma token", ["figd_"], "[A-Za-z0-9_-]{38,44}"),
  format("a Dynatrace token", ["dt0c01."], "[A-Z2-7]{24}\\.[A-Z2-7]{64}", 3),
  hex("a Pulumi token", "pul-", 40),
  format("a Prefect key", ["pnu_"], "[A-Za-z0-9]{36}"),
  format("a Tailscale key", ["tskey-auth-", "tskey-api-", "tskey-client-"], "[A-Za-z0-9]{10,20}-[A-Za-z0-9]{24,40}"),
  format("an Alibaba Cloud access key id", ["LTAI"], "[A-Za-z0-9]{20}"),
  format("an Azure storage key", ["AccountKey="], "[A-Za-z0-9+/]{86}=="),
];
