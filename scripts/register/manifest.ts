import { parse } from "yaml";

/** Where an App is registered. */
export interface Place {
  /** `github.com`, or the host of a GitHub Enterprise Server. */
  readonly host: string;
  /** Absent for an App of one's own account. */
  readonly organization?: string;
}

/**
 * `app.yml` with the addresses of this installation: what GitHub's form is filled from. With fixes the App may write contents: it then
 * commits them where somebody presses the button, and resolves its threads.
 */
export function manifestFor(appYml: string, publicUrl: string, redirectUrl: string, withFixes = false): string {
  const manifest = parse(appYml) as { readonly hook_attributes: object; readonly default_permissions: object };
  return JSON.stringify({
    ...manifest,
    ...(withFixes ? { default_permissions: { ...manifest.default_permissions, contents: "write" } } : {}),
    url: publicUrl,
    hook_attributes: { ...manifest.hook_attributes, url: `${publicUrl}/api/github/webhooks` },
    redirect_url: redirectUrl,
  });
}

/** GitHub takes the manifest as a form, posted by the browser of a person who is signed in. */
export function registrationUrl({ host, organization }: Place, state: string): string {
  const account = organization === undefined ? "" : `/organizations/${encodeURIComponent(organization)}`;
  return `https://${host}${account}/settings/apps/new?state=${state}`;
}

export function apiUrl({ host }: Place): string {
  return host === "github.com" ? "https://api.github.com" : `https://${host}/api/v3`;
}
