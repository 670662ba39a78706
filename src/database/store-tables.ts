/**
 * The tables of the store, the same in both databases. Times are milliseconds since 1970, lists are JSON. No column holds code, a
 * secret or the words of a person: fingerprints are digests.
 */
export function storeTables(integer: "bigint" | "INTEGER", prefix: "safepath." | ""): string {
  return `
  CREATE TABLE ${prefix}duty (name TEXT PRIMARY KEY, holder TEXT NOT NULL, held_until ${integer} NOT NULL);
  CREATE TABLE ${prefix}arrival (
    id TEXT PRIMARY KEY,
    installation ${integer} NOT NULL,
    repositories TEXT,
    arrived_at ${integer} NOT NULL
  );
  CREATE TABLE ${prefix}installation (
    id ${integer} PRIMARY KEY,
    arrived_at ${integer} NOT NULL,
    gone_at ${integer}
  );
  CREATE TABLE ${prefix}delivery (
    id TEXT PRIMARY KEY,
    event TEXT NOT NULL,
    outcome TEXT NOT NULL,
    received_at ${integer} NOT NULL
  );
  CREATE INDEX delivery_received ON ${prefix}delivery (received_at);
  CREATE TABLE ${prefix}review (
    delivery TEXT NOT NULL,
    installation ${integer} NOT NULL,
    repository ${integer} NOT NULL,
    number ${integer} NOT NULL,
    head TEXT NOT NULL,
    conclusion TEXT NOT NULL,
    findings ${integer} NOT NULL,
    version TEXT NOT NULL,
    began_at ${integer} NOT NULL,
    ended_at ${integer} NOT NULL,
    PRIMARY KEY (delivery, head)
  );
  CREATE INDEX review_ended ON ${prefix}review (ended_at);
  CREATE TABLE ${prefix}finding (
    repository ${integer} NOT NULL,
    number ${integer} NOT NULL,
    fingerprint TEXT NOT NULL,
    rule TEXT NOT NULL,
    level TEXT NOT NULL,
    path TEXT NOT NULL,
    head TEXT NOT NULL,
    first_seen_at ${integer} NOT NULL,
    last_seen_at ${integer} NOT NULL,
    gone_at ${integer},
    PRIMARY KEY (repository, number, fingerprint)
  );
  CREATE INDEX finding_seen ON ${prefix}finding (last_seen_at);
  CREATE TABLE ${prefix}triage (
    repository ${integer} NOT NULL,
    number ${integer} NOT NULL,
    fingerprint TEXT NOT NULL,
    verb TEXT NOT NULL,
    given_by TEXT NOT NULL,
    given_on TEXT NOT NULL,
    until TEXT,
    agreed_by TEXT,
    is_waiting ${integer} NOT NULL,
    recorded_at ${integer} NOT NULL,
    PRIMARY KEY (repository, number, fingerprint)
  );
  `;
}

/** What others answered, kept for every process. */
export function answerTable(integer: "bigint" | "INTEGER", prefix: "safepath." | ""): string {
  return `
  CREATE TABLE ${prefix}answer (key TEXT PRIMARY KEY, text TEXT NOT NULL, kept_until ${integer} NOT NULL);
  CREATE INDEX answer_kept ON ${prefix}answer (kept_until);
  `;
}

/** Which pull requests a commit is the head of. */
export function headTable(integer: "bigint" | "INTEGER", prefix: "safepath." | ""): string {
  return `
  CREATE TABLE ${prefix}head (
    repository ${integer} NOT NULL,
    head TEXT NOT NULL,
    number ${integer} NOT NULL,
    seen_at ${integer} NOT NULL,
    PRIMARY KEY (repository, head, number)
  );
  CREATE INDEX head_seen ON ${prefix}head (seen_at);
  `;
}
