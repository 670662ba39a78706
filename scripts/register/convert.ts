import { z } from "zod";

const registration = z.object({
  id: z.number(),
  slug: z.string(),
  pem: z.string(),
  webhook_secret: z.string(),
  html_url: z.string(),
});

export type Registration = z.infer<typeof registration>;

/** Turns the code that GitHub hands over after the form, once and within an hour, into the App's id, key and secret. */
export async function convertCode(apiUrl: string, code: string): Promise<Registration> {
  const response = await fetch(`${apiUrl}/app-manifests/${encodeURIComponent(code)}/conversions`, {
    method: "POST",
    headers: { accept: "application/vnd.github+json" },
  });
  if (!response.ok) throw new Error(`GitHub answered ${response.status}: the code is used up, or older than an hour`);
  return registration.parse(await response.json());
}

/** The variables of the service, each on one line: Docker's `--env-file` takes no others. */
export function environmentFor({ id, pem, webhook_secret }: Registration, host: string, rulePages: string): string {
  const lines = [
    `APP_ID=${id}`,
    `PRIVATE_KEY=${Buffer.from(pem).toString("base64")}`,
    `WEBHOOK_SECRET=${webhook_secret}`,
    ...(host === "github.com" ? [] : [`GHE_HOST=${host}`]),
    `RULE_PAGES_URL=${rulePages}`,
  ];
  return `${lines.join("\n")}\n`;
}
