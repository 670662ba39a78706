import { describe, expect, it } from "vitest";
import { hasBase62Checksum } from "../../src/detectors/secrets/checksum.ts";
import { findKnownSecrets } from "../../src/detectors/secrets/find-known-secrets.ts";
import { SECRET_FORMATS } from "../../src/detectors/secrets/formats.ts";

/** Put together here so that no scanner takes this file for a leak. */
const issued = ["ghp", "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17"].join("_");

describe("findKnownSecrets", () => {
  it("finds a token and says where it stands", () => {
    const text = `token = "${issued}"`;
    expect(findKnownSecrets(text)).toEqual([{ what: "a GitHub token", start: 9, end: 9 + issued.length }]);
  });

  it("finds several in one text, in order", () => {
    const key = ["AKIA", "Q3EGV7PZK5TX2WMB"].join("");
    expect(findKnownSecrets(`${key} ${issued}`).map((secret) => secret.what)).toEqual([
      "an AWS access key id",
      "a GitHub token",
    ]);
  });

  it.each([
    ["an example of the provider's", "AKIAIOSFODNN7EXAMPLE"],
    ["one letter repeated", `ghp_${"x".repeat(36)}`],
    ["a keyboard's row", "ghp_abcdefghijklmnopqrstuvwxyz0123456789"],
    ["too long a text", `${issued}0`],
    ["the middle of a word", `x${issued}`],
    ["too short a text", issued.slice(0, -1)],
  ])("leaves out %s", (_, text) => {
    expect(findKnownSecrets(text)).toEqual([]);
  });

  it("searches a long text without a secret in time that grows with its length alone", () => {
    const text = "sk-".repeat(60_000);
    expect(findKnownSecrets(text)).toEqual([]);
  });
});

describe("the table of formats", () => {
  it("gives each prefix to one format", () => {
    const prefixes = SECRET_FORMATS.flatMap((format) => format.prefixes);
    expect(new Set(prefixes).size).toBe(prefixes.length);
  });
});

describe("hasBase62Checksum", () => {
  it("knows an issued token from one with a digit changed", () => {
    const body = issued.slice(4);
    expect(hasBase62Checksum(body)).toBe(true);
    expect(hasBase62Checksum(`A${body.slice(1)}`)).toBe(false);
  });
});
