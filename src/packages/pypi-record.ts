import { z } from "zod";
import type { PackageFacts } from "../manifests/package-facts.ts";

const text = z.string().nullish().catch(undefined);

/** Of the answer of PyPI's `/pypi/<name>/json` what is used here. */
export const pypiRecord = z.object({
  info: z.object({
    version: z.string(),
    license: text,
    license_expression: text,
    classifiers: z.array(z.string()).default([]),
    home_page: text,
    project_urls: z.record(z.string(), z.string().nullable()).nullish().catch(undefined),
    yanked: z.boolean().default(false),
  }),
  releases: z
    .record(
      z.string(),
      z.array(z.object({ upload_time_iso_8601: z.iso.datetime({ offset: true }), yanked: z.boolean().default(false) })),
    )
    .default({}),
  ownership: z
    .object({ roles: z.array(z.object({ user: z.string() })).default([]), organization: text })
    .nullish()
    .catch(undefined),
});

export type PypiRecord = z.infer<typeof pypiRecord>;

/** What PyPI itself knows of a package; `version` is the release that was asked for. */
export function factsOfPypi(
  { info, releases, ownership }: PypiRecord,
  version = info.version,
): Omit<PackageFacts, "source"> & { readonly address?: string } {
  const uploads = Object.values(releases)
    .flatMap((files) => files.map((file) => file.upload_time_iso_8601))
    .toSorted();
  const [firstRelease] = uploads;
  const lastRelease = uploads.at(-1);
  const files = releases[version] ?? [];
  const isYanked = files.length > 0 ? files.every((file) => file.yanked) : version === info.version && info.yanked;
  const licence = licenceOf(info);
  const address = addressOf(info);
  const owners = ownership == null ? 0 : new Set(ownership.roles.map(({ user }) => user)).size;
  return {
    version,
    ...(firstRelease !== undefined && { firstRelease }),
    ...(lastRelease !== undefined && { lastRelease }),
    ...(owners > 0 && { owners }),
    ...(ownership?.organization && { organization: ownership.organization }),
    isYanked,
    ...(licence !== undefined && { licence }),
    ...(address !== undefined && { address }),
  };
}

/** Longer ones are the text of a licence, not its name. */
const LONGEST_LICENCE = 60;

function licenceOf({ license_expression: expression, classifiers, license }: PypiRecord["info"]): string | undefined {
  if (expression) return expression;
  const classified = classifiers
    .filter((one) => one.startsWith("License :: "))
    .map((one) => one.split(" :: ").at(-1) ?? "");
  const named = classified.filter((one) => one !== "OSI Approved").join(", ");
  if (named !== "") return named;
  const words = license?.trim() ?? "";
  return words === "" || words === "UNKNOWN" || words.length > LONGEST_LICENCE || words.includes("\n")
    ? undefined
    : words;
}

/** Labels are free text: those that packages use for their code, the clearest first. */
const SOURCE_LABELS = [
  /^(?:source|sourcecode|repository|code|vcs)$/,
  /^(?:github|gitlab|codeberg)$/,
  /^home(?:page)?$/,
];

const CODE_ADDRESS =
  /^https?:\/\/(?:www\.)?((?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org)\/[\w.-]+\/[\w.-]+?)(?:\.git)?(?:[/?#].*)?$/i;

/** Host and path of the repository that the package names; of a home page only where it is one of a code host. */
function addressOf({ project_urls: urls, home_page: home }: PypiRecord["info"]): string | undefined {
  const named = Object.entries(urls ?? {}).map(
    ([label, url]) => [label.toLowerCase().replace(/[^a-z]/g, ""), url ?? ""] as const,
  );
  const candidates = [...named, ["homepage", home ?? ""] as const];
  for (const label of SOURCE_LABELS) {
    for (const [, url] of candidates.filter(([one]) => label.test(one))) {
      const address = CODE_ADDRESS.exec(url)?.[1];
      if (address !== undefined) return address;
    }
  }
  const [, elsewhere] = named.find(([label]) => SOURCE_LABELS[0]?.test(label)) ?? [];
  if (elsewhere === undefined || !URL.canParse(elsewhere)) return undefined;
  const { protocol, host, pathname } = new URL(elsewhere);
  return /^https?:$/.test(protocol) ? `${host}${pathname.replace(/\/+$/, "")}` : undefined;
}
