import { createServer } from "node:http";
import { listenUntilTestEnds } from "./until-test-ends.ts";

export interface PackageServer {
  readonly url: string;
  /** Paths that were asked for. */
  readonly requests: string[];
  /** Answers nothing for paths that hold this. */
  silent: string | undefined;
  /** Answers 500 for paths that hold this. */
  broken: string | undefined;
}

/** PyPI (`/pypi/…`) and deps.dev (`/v3/…`) on loopback, each path with its answer; 404 for others. */
export async function startPackageServer(answers: Readonly<Record<string, unknown>>): Promise<PackageServer> {
  const state = {
    url: "",
    requests: [] as string[],
    silent: undefined as string | undefined,
    broken: undefined as string | undefined,
  };
  const server = createServer(({ url = "" }, response) => {
    state.requests.push(url);
    if (state.silent !== undefined && url.includes(state.silent)) return;
    const answer = answers[url];
    const isBroken = state.broken !== undefined && url.includes(state.broken);
    response
      .writeHead(isBroken ? 500 : answer === undefined ? 404 : 200, { "content-type": "application/json" })
      .end(JSON.stringify(answer ?? { message: "Not Found" }));
  });
  state.url = await listenUntilTestEnds(server);
  return state;
}

/** An answer of PyPI about one package, as its documentation shows it; `uploads` are times by release. */
export function pypiAnswer(
  name: string,
  uploads: Readonly<Record<string, string>>,
  more: { readonly info?: object; readonly ownership?: object | null; readonly yanked?: readonly string[] } = {},
): object {
  const files = (version: string, time: string) => [
    {
      comment_text: "",
      digests: { blake2b_256: "00", md5: "00", sha256: "00" },
      downloads: -1,
      filename: `${name}-${version}-py3-none-any.whl`,
      has_sig: false,
      packagetype: "bdist_wheel",
      python_version: "py3",
      requires_python: ">=3.9",
      size: 4_661,
      upload_time: time.slice(0, 19),
      upload_time_iso_8601: time,
      url: `https://files.pythonhosted.org/packages/d7/73/${name}.whl`,
      yanked: more.yanked?.includes(version) ?? false,
      yanked_reason: null,
    },
  ];
  const releases = Object.fromEntries(Object.entries(uploads).map(([one, time]) => [one, files(one, time)]));
  const version = Object.keys(uploads).at(-1) ?? "0";
  return {
    info: {
      author: "",
      author_email: '"A. Random Developer" <author@example.com>',
      bugtrack_url: null,
      classifiers: ["Development Status :: 5 - Production/Stable", "License :: OSI Approved :: MIT License"],
      description: "...",
      docs_url: null,
      home_page: "",
      license: "...",
      license_expression: null,
      name,
      project_urls: {
        "Bug Reports": `https://github.com/pypa/${name}/issues`,
        Source: `https://github.com/pypa/${name}/`,
      },
      requires_dist: null,
      summary: "A sample project",
      version,
      yanked: false,
      yanked_reason: null,
      ...more.info,
    },
    last_serial: 25_862_117,
    releases: { "0.0": [], ...releases },
    urls: releases[version] ?? [],
    vulnerabilities: [],
    ownership:
      more.ownership === undefined
        ? {
            roles: [
              { role: "Owner", user: "ann" },
              { role: "Maintainer", user: "bot" },
            ],
            organization: null,
          }
        : more.ownership,
  };
}

/** An answer of deps.dev about one release. */
export function versionAnswer(name: string, version: string, licenses: readonly string[], projects: readonly object[]) {
  return {
    versionKey: { system: "PYPI", name, version },
    publishedAt: "2024-11-06T22:37:09Z",
    isDefault: true,
    licenses,
    advisoryKeys: [],
    links: [{ label: "SOURCE_REPO", url: `https://github.com/pypa/${name}` }],
    slsaProvenances: [],
    attestations: [],
    registries: ["https://pypi.org/simple"],
    relatedProjects: projects,
  };
}

export function relatedProject(id: string, relationType = "SOURCE_REPO", relationProvenance = "UNVERIFIED_METADATA") {
  return { projectKey: { id }, relationProvenance, relationType };
}

export function dependenciesAnswer(name: string, others: readonly string[], error = "") {
  const node = (one: string, relation: string) => ({
    versionKey: { system: "PYPI", name: one, version: "1.0" },
    bundled: false,
    relation,
    errors: [],
  });
  return { nodes: [node(name, "SELF"), ...others.map((one) => node(one, "DIRECT"))], edges: [], error };
}

export function projectAnswer(
  id: string,
  overallScore: number,
  checks: Readonly<Record<string, readonly [number, string]>>,
) {
  return {
    projectKey: { id },
    openIssuesCount: 12,
    starsCount: 5_200,
    forksCount: 1_700,
    license: "MIT",
    description: "A sample project",
    homepage: "",
    scorecard: {
      date: "2026-10-06T00:00:00Z",
      repository: { name: id, commit: "00" },
      scorecard: { version: "v5.1.1", commit: "00" },
      checks: Object.entries(checks).map(([name, [score, reason]]) => ({
        name,
        documentation: { shortDescription: "", url: "https://github.com/ossf/scorecard" },
        score,
        reason,
        details: [],
      })),
      overallScore,
      metadata: [],
    },
  };
}
