import { CONFIG_PATH, ORGANIZATION_REPOSITORY } from "../config/config-files.ts";

/** The first stage of a roll-out: everything is listed in the check, and fails nothing. */
const FIRST = "defaults:\n  mode: monitor\n";

/** GitHub's own form for a new file, filled in; whoever opens it sees the text before it is committed. */
export function firstConfigurationLink(webUrl: string, account: string): string {
  const query = new URLSearchParams({ filename: CONFIG_PATH, value: FIRST });
  return `${webUrl}/${encodeURIComponent(account)}/${ORGANIZATION_REPOSITORY}/new/main?${query}`;
}
