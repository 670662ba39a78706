import { createVerify, randomBytes } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { notFound, Problem } from "./answer.ts";
import type { Account } from "./people.ts";
import type { Repository } from "./repository.ts";
import type { Needs } from "./route.ts";
import type { Installation, Level, Permissions, World } from "./world.ts";

export type Actor = { readonly kind: "app" } | { readonly kind: "installation"; readonly token: InstallationToken };

export interface InstallationToken {
  readonly value: string;
  readonly installation: Installation;
  readonly permissions: Permissions;
  /** Undefined: all repositories of the installation. */
  readonly repositoryIds: readonly number[] | undefined;
  expiresAt: Date;
}

/** GitHub refuses a web token that is valid for longer. */
const longestJwtSeconds = 600;
const tokenMilliseconds = 3_600_000;
/** The clocks of the two sides may differ by so much. */
const clockSkewSeconds = 60;

/** The tokens that were given out, and whom a request comes from. */
export class Tokens {
  private readonly world: World;
  private readonly byValue = new Map<string, InstallationToken>();

  constructor(world: World) {
    this.world = world;
  }

  issue(installation: Installation, permissions: Permissions, repositoryIds?: readonly number[]): InstallationToken {
    const value = `ghs_${this.world.app.id}_${randomBytes(27).toString("base64url")}`;
    const expiresAt = new Date(this.world.now().getTime() + tokenMilliseconds);
    const token = { value, installation, permissions, repositoryIds, expiresAt };
    this.byValue.set(value, token);
    return token;
  }

  /** As if an hour had passed: the next use of any token answers 401. */
  expireAll(): void {
    for (const token of this.byValue.values()) token.expiresAt = new Date(0);
  }

  /** Whom a request comes from, or 401. */
  actorOf(headers: IncomingHttpHeaders): Actor {
    const match = /^(?:bearer|token) (.+)$/i.exec(headers.authorization ?? "");
    const value = match?.[1];
    if (value === undefined) throw new Problem(401, "Requires authentication");
    if (value.split(".").length === 3 && !value.startsWith("ghs_")) {
      verifyJwt(value, this.world);
      return { kind: "app" };
    }
    const token = this.byValue.get(value);
    if (token === undefined || token.expiresAt <= this.world.now()) throw new Problem(401, "Bad credentials");
    if (token.installation.suspendedAt !== undefined) throw new Problem(403, "This installation has been suspended");
    return { kind: "installation", token };
  }
}

export function requireApp(actor: Actor): void {
  if (actor.kind !== "app") throw new Problem(401, "A JSON web token could not be decoded");
}

export function installationToken(actor: Actor): InstallationToken {
  if (actor.kind !== "installation") {
    throw new Problem(403, "Resource not accessible by integration");
  }
  return actor.token;
}

/** 404 for what the token does not reach, so that it cannot be learned of; 403 for what it reaches and may not do. */
export function requireAccess(actor: Actor, repository: Repository, needs: Needs): void {
  const token = installationToken(actor);
  const [permission = "", level] = needs.split(":");
  if (!reaches(token, repository)) {
    if (repository.private || level !== "read") throw notFound();
    return;
  }
  if (!grants(token.permissions, permission, level as Level)) {
    throw new Problem(403, "Resource not accessible by integration");
  }
}

export function reaches(token: InstallationToken, repository: Repository): boolean {
  if (token.repositoryIds !== undefined) return token.repositoryIds.includes(repository.id);
  return token.installation.account.id === repository.owner.id;
}

export function grants(permissions: Permissions, permission: string, level: Level): boolean {
  const levels: readonly (Level | undefined)[] = ["read", "write", "admin"];
  const granted = permission === "metadata" ? "read" : permissions[permission];
  return granted !== undefined && levels.indexOf(granted) >= levels.indexOf(level);
}

/** Who writes what a token posts. */
export function authorOf(actor: Actor, world: World): Account {
  installationToken(actor);
  return world.app.bot;
}

function verifyJwt(jwt: string, world: World): void {
  const [head = "", payload = "", signature = ""] = jwt.split(".");
  const header = readPart(head);
  const claims = readPart(payload);
  const verified =
    header.alg === "RS256" &&
    createVerify("RSA-SHA256")
      .update(`${head}.${payload}`)
      .verify(world.app.publicKey, Buffer.from(signature, "base64url"));
  if (!verified) throw new Problem(401, "A JSON web token could not be decoded");
  const now = world.now().getTime() / 1000;
  const { iat, exp, iss } = claims;
  if (typeof exp !== "number" || exp <= now) {
    throw new Problem(
      401,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  }
  if (exp > now + longestJwtSeconds) {
    throw new Problem(401, "'Expiration time' claim ('exp') is too far in the future");
  }
  if (typeof iat !== "number" || iat > now + clockSkewSeconds) {
    throw new Problem(
      401,
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    );
  }
  if (String(iss) !== String(world.app.id) && iss !== world.app.clientId)
    throw new Problem(404, "Integration not found");
}

function readPart(part: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
