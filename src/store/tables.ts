/** The store's tables as `database/store-tables.ts` makes them. Times are milliseconds since 1970. */
export interface Tables {
  readonly duty: { readonly name: string; readonly holder: string; readonly held_until: number };
  readonly arrival: {
    readonly id: string;
    readonly installation: number;
    readonly repositories: string | null;
    readonly arrived_at: number;
  };
  readonly installation: { readonly id: number; readonly arrived_at: number; readonly gone_at: number | null };
  readonly delivery: {
    readonly id: string;
    readonly event: string;
    readonly outcome: string;
    readonly received_at: number;
  };
  readonly answer: { readonly key: string; readonly text: string; readonly kept_until: number };
  readonly review: {
    readonly delivery: string;
    readonly installation: number;
    readonly repository: number;
    readonly number: number;
    readonly head: string;
    readonly conclusion: string;
    readonly findings: number;
    readonly version: string;
    readonly began_at: number;
    readonly ended_at: number;
  };
  readonly finding: {
    readonly repository: number;
    readonly number: number;
    readonly fingerprint: string;
    readonly rule: string;
    readonly level: string;
    readonly path: string;
    readonly head: string;
    readonly first_seen_at: number;
    readonly last_seen_at: number;
    readonly gone_at: number | null;
  };
  readonly head: {
    readonly repository: number;
    readonly head: string;
    readonly number: number;
    readonly seen_at: number;
  };
  readonly triage: {
    readonly repository: number;
    readonly number: number;
    readonly fingerprint: string;
    readonly verb: string;
    readonly given_by: string;
    readonly given_on: string;
    readonly until: string | null;
    readonly agreed_by: string | null;
    readonly is_waiting: number;
    readonly recorded_at: number;
  };
}
