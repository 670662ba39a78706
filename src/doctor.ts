import { createClients } from "./github/clients.ts";
import { createLimiters, DEFAULT_PACE } from "./github/limiters.ts";
import { withFaults } from "./github/map-error.ts";
import { readRegistration } from "./github/read-registration.ts";
import { RequestLedger } from "./github/request-ledger.ts";
import { createLog } from "./log.ts";
import { CodeHostError } from "./service/code-host-error.ts";
import { type Diagnosis, diagnose } from "./service/diagnose.ts";
import type { Clock } from "./service/ports.ts";
import { type Environment, readSettings, SettingsError } from "./settings.ts";

export interface DoctorOptions {
  readonly environment: Environment;
  /** In the place of the address that the environment makes; tests have their own GitHub. */
  readonly apiUrl?: string;
  readonly clock: Clock;
  /** Of each installation, for large ones have thousands. */
  readonly mostRepositories: number;
  /** A line, without its end. */
  readonly writeLine: (line: string) => unknown;
}

/** 0: nothing is wrong. 1: something is. 2: the settings are not right. 3: GitHub did not answer. */
export async function examine(options: DoctorOptions): Promise<0 | 1 | 2 | 3> {
  const { environment, clock, mostRepositories, writeLine } = options;
  try {
    const { appId, privateKey, apiUrl } = readSettings(environment);
    const clients = createClients({
      credentials: { appId, privateKey },
      apiUrl: options.apiUrl ?? apiUrl,
      limiters: createLimiters(DEFAULT_PACE),
      ledger: new RequestLedger(clock),
      clock,
      log: createLog("silent"),
    });
    const registration = await withFaults(
      () => clock.now(),
      () => readRegistration(clients, mostRepositories),
    );
    const { name, id, htmlUrl } = registration.app;
    writeLine(`${name} (App ${id}), ${htmlUrl}`);
    const diagnoses = diagnose(registration);
    for (const line of diagnoses.flatMap(print)) writeLine(line);
    return diagnoses.some(({ kind }) => kind === "problem") ? 1 : 0;
  } catch (error) {
    if (error instanceof SettingsError) return told(writeLine, error.message, 2);
    if (error instanceof CodeHostError)
      return told(writeLine, refusalOf(error), error.kind === "unavailable" || error.kind === "rate-limited" ? 3 : 1);
    throw error;
  }
}

function print({ kind, says, remedy }: Diagnosis): readonly string[] {
  const line = `  ${kind.padEnd(8)} ${says}`;
  return remedy === undefined ? [line] : [line, `           → ${remedy}`];
}

function told<Code>(writeLine: DoctorOptions["writeLine"], text: string, code: Code): Code {
  for (const line of text.split("\n")) writeLine(line);
  return code;
}

function refusalOf({ kind }: CodeHostError): string {
  switch (kind) {
    case "forbidden":
    case "gone":
    case "refused":
      return "GitHub does not know this App: APP_ID and PRIVATE_KEY do not belong together, or GHE_HOST is another GitHub";
    case "rate-limited":
      return "GitHub limits requests at the moment: try again later";
    case "unavailable":
      return "GitHub did not answer: is its address reachable from here?";
  }
}
