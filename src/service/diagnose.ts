import { firstConfigurationLink } from "./first-configuration.ts";
import {
  type FailedAnswer,
  type InstallationState,
  lacking,
  NEEDED_EVENTS,
  NEEDED_PERMISSIONS,
  type Registration,
  type RepositoryState,
  USEFUL_PERMISSIONS,
  WEBHOOK_PATH,
} from "./registration.ts";

/** One line of what `safepath doctor` says. */
export interface Diagnosis {
  /** A problem keeps the App from doing its work; an advice does not. */
  readonly kind: "fine" | "advice" | "problem";
  readonly says: string;
  /** What to do about it. */
  readonly remedy?: string;
}

/** What is wrong with a registration, and what to do about it. */
export function diagnose(registration: Registration): readonly Diagnosis[] {
  return [
    ...aboutApp(registration),
    ...aboutHook(registration),
    ...registration.failures.map((failure) => aboutFailure(failure)),
    ...aboutInstallations(registration),
  ];
}

function aboutApp({ app }: Registration): readonly Diagnosis[] {
  const remedy = "change it on the App's page under Permissions & events, then have each installation accept it";
  const permissions = lacking(NEEDED_PERMISSIONS, app.permissions);
  const events = NEEDED_EVENTS.filter((event) => !app.events.includes(event));
  const needless = Object.entries(app.permissions).filter(
    ([name]) => NEEDED_PERMISSIONS[name] === undefined && !USEFUL_PERMISSIONS.has(name),
  );
  return [
    judged(
      permissions.length > 0,
      `the App lacks the permissions ${list(permissions)}`,
      remedy,
      "its permissions suffice",
    ),
    judged(events.length > 0, `the App does not subscribe to ${list(events)}`, remedy, "it gets all events"),
    ...needless.map(
      ([name, level]): Diagnosis => ({
        kind: "advice",
        says: `the App has a permission that it does not use, ${name}: ${level}`,
        remedy: "take it away: what it does not have, nobody can misuse",
      }),
    ),
    app.permissions.contents === "write"
      ? {
          kind: "fine",
          says: "it may write contents: fixes can be applied from the check, and threads are resolved",
        }
      : { kind: "fine", says: "it may not write contents: nothing is ever changed in a repository" },
  ];
}

function aboutHook({ hook }: Registration): readonly Diagnosis[] {
  const { url = "" } = hook;
  const isOurs = url.startsWith("https://") && url.endsWith(WEBHOOK_PATH);
  return [
    judged(
      !isOurs,
      url === "" ? "the App has no webhook address" : `deliveries go to ${url}`,
      `set it to https://YOUR-HOST${WEBHOOK_PATH}`,
      `deliveries go to ${url}`,
    ),
    judged(
      hook.contentType !== "json",
      `deliveries come as ${hook.contentType ?? "a form"}`,
      "set the content type to application/json",
      "deliveries come as JSON",
    ),
    judged(
      !hook.hasSecret,
      "the App's page has no webhook secret, so deliveries are not signed and all of them are refused",
      "set it there to the value of WEBHOOK_SECRET",
      "deliveries are signed",
    ),
    judged(
      !hook.verifiesCertificate,
      "GitHub does not verify the certificate of the service",
      "switch SSL verification on",
      "GitHub verifies the certificate of the service",
    ),
  ];
}

function aboutFailure({ event, status, times }: FailedAnswer): Diagnosis {
  const says = `${times} ${times === 1 ? "delivery" : "deliveries"} of ${event} failed with ${status === 0 ? "no answer" : status}`;
  return { kind: "problem", says, remedy: remedyFor(status) };
}

function remedyFor(status: number): string {
  if (status === 401) return "the secrets differ: give the service the one on the App's page, as WEBHOOK_SECRET";
  if (status === 404 || status === 405)
    return `something else answers at the address: it has to end in ${WEBHOOK_PATH}`;
  if (status === 400) return "set the content type of the webhook to application/json";
  if (status === 413) return "a proxy before the service refuses large bodies: let 25 MB through";
  return "the service was down or not reached: see its log; a service that runs makes up for them by itself";
}

function aboutInstallations({ installations, app }: Registration): readonly Diagnosis[] {
  if (installations.length > 0) return installations.flatMap((each) => aboutInstallation(each, app));
  return [
    { kind: "problem", says: "the App is installed nowhere", remedy: `install it: ${app.htmlUrl}/installations/new` },
  ];
}

function aboutInstallation(installation: InstallationState, app: Registration["app"]): readonly Diagnosis[] {
  const { account, htmlUrl, isSuspended, permissions, events, repositories, leftOut } = installation;
  if (isSuspended) {
    return [{ kind: "advice", says: `${account}: the installation is suspended`, remedy: `unsuspend it: ${htmlUrl}` }];
  }
  const missing = [
    ...lacking(NEEDED_PERMISSIONS, permissions),
    ...NEEDED_EVENTS.filter((event) => !events.includes(event)).map((event) => `event ${event}`),
  ];
  return [
    judged(
      missing.length > 0,
      `${account}: the installation does not grant ${list(missing)}`,
      `its owner accepts the new permissions: ${htmlUrl}`,
      `${account}: the installation grants all that is needed`,
    ),
    ...aboutConfiguration(installation, app),
    ...(repositories.length === 0
      ? [{ kind: "advice", says: `${account}: no repository is selected`, remedy: `select some: ${htmlUrl}` } as const]
      : repositories.map((each) => aboutRepository(each, app.id))),
    ...(leftOut > 0 ? [leftOutOf(account, leftOut)] : []),
  ];
}

function aboutConfiguration(
  { account, isConfigured }: InstallationState,
  { htmlUrl }: Registration["app"],
): readonly Diagnosis[] {
  if (isConfigured) return [{ kind: "fine", says: `${account}: there is a configuration for all repositories` }];
  const link = firstConfigurationLink(new URL(htmlUrl).origin, account);
  return [
    {
      kind: "advice",
      says: `${account}: the App finds no configuration for all repositories`,
      remedy: `begin by watching, and install the App on \`.github\` too: ${link}`,
    },
  ];
}

function leftOutOf(account: string, leftOut: number): Diagnosis {
  return {
    kind: "advice",
    says: `${account}: ${leftOut} more ${leftOut === 1 ? "repository was" : "repositories were"} not looked at`,
    remedy: "say --repositories NUMBER to look at more",
  };
}

function aboutRepository({ name, required }: RepositoryState, appId: number): Diagnosis {
  const [foreign] = required.filter(({ source }) => source !== appId && source !== "any");
  const bySource = `choose this App (id ${appId}) as the source of the check \`Safepath\``;
  if (foreign !== undefined) {
    return {
      kind: "problem",
      says: `${name}: a ${words(foreign.by)} wants the check from App ${foreign.source}, so ours never counts`,
      remedy: bySource,
    };
  }
  const [open] = required.filter(({ source }) => source === "any");
  if (open !== undefined) {
    return {
      kind: "problem",
      says: `${name}: a ${words(open.by)} requires the check from any source, so anybody who can run a workflow can post it`,
      remedy: bySource,
    };
  }
  if (required.length > 0) return { kind: "fine", says: `${name}: the check is required, from this App` };
  return {
    kind: "advice",
    says: `${name}: the check is not required on the default branch`,
    remedy: `once you trust it, require \`Safepath\` by a ruleset, and ${bySource}`,
  };
}

function words(by: RepositoryState["required"][number]["by"]): string {
  return by === "ruleset" ? "ruleset" : "branch protection";
}

function judged(isWrong: boolean, wrong: string, remedy: string, fine: string): Diagnosis {
  return isWrong ? { kind: "problem", says: wrong, remedy } : { kind: "fine", says: fine };
}

function list(names: readonly string[]): string {
  return names.join(", ");
}
