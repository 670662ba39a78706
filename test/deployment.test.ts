import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";

const text = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), "utf8");
const dockerfile = text("Dockerfile");
const compose = parse(text("compose.yaml"), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>;
};

interface Service {
  readonly environment: Readonly<Record<string, string>>;
  readonly read_only?: boolean;
  readonly ulimits?: { readonly core: number };
  readonly cap_drop?: readonly string[];
  readonly ports?: readonly string[];
  readonly deploy?: { readonly replicas: number };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: { readonly test: readonly string[] };
}

const { web, worker, database } = compose.services;

test("the image starts as `npm start` does, not as root, and says how it is", () => {
  const { scripts } = JSON.parse(text("package.json")) as { readonly scripts: { readonly start: string } };
  const command = JSON.parse(/^CMD (\[.*\])$/mu.exec(dockerfile)?.[1] ?? "[]") as readonly string[];
  expect(command).toEqual(["sh", "-c", scripts.start]);
  const lastStage = dockerfile.slice(dockerfile.lastIndexOf("\nFROM "));
  expect(lastStage).toMatch(/^USER node$/mu);
  expect(lastStage).toMatch(/^HEALTHCHECK /mu);
  expect(lastStage).not.toMatch(/apt-get|npm (?:ci|install)/u);
});

test("Node alone finds all that the service imports: what runs the tests is kinder to other kinds of modules", () => {
  const program = new URL("../src/start-server.ts", import.meta.url).href;
  const says = `console.log(typeof (await import(${JSON.stringify(program)})).startServer)`;
  const answer = execFileSync(process.execPath, ["--input-type=module", "--eval", says], { encoding: "utf8" });
  expect(answer.trim()).toBe("function");
});

test("compose runs one process that takes deliveries and two that review, on one database", () => {
  expect(web?.environment.ROLE).toBe("web");
  expect(worker?.environment.ROLE).toBe("worker");
  expect(worker?.deploy?.replicas).toBe(2);
  expect(worker?.environment.DATABASE_URL).toBe(web?.environment.DATABASE_URL);
});

test("compose starts them when the database answers where they ask it, and not only at its socket", () => {
  for (const service of [web, worker])
    expect(service?.depends_on).toEqual({ database: { condition: "service_healthy" } });
  expect(database?.healthcheck?.test).toEqual(expect.arrayContaining(["pg_isready", "--host"]));
});

test("compose gives them nothing that they do not need, and opens the port for deliveries alone", () => {
  for (const service of [web, worker]) {
    expect(service?.read_only).toBe(true);
    expect(service?.cap_drop).toEqual(["ALL"]);
    expect(service?.ulimits).toEqual({ core: 0 });
  }
  expect(web?.ports).toEqual(["3000:3000"]);
  expect(worker?.ports).toBeUndefined();
});

test("compose sets no variable that the service does not know", () => {
  const known = new Set([...text("src/settings.ts").matchAll(/^ {2}([A-Z_]+):/gmu)].map(([, name]) => name));
  const set = [web, worker].flatMap((service) => Object.keys(service?.environment ?? {}));
  expect(set).toContain("METRICS_PORT");
  expect(set.filter((name) => !known.has(name))).toEqual([]);
});
