import { expect, test } from "vitest";
import { readRuleFiles } from "../../scripts/read-rule-files.ts";
import { createAnalyse } from "../../src/analysis/create-analyse.ts";
import { DETECTORS } from "../../src/detectors/registry.ts";
import { chooseParser } from "../../src/python/choose-parser.ts";
import { loadRuleSet } from "../../src/rules/load.ts";

const analyse = createAnalyse({
  parser: await chooseParser(),
  ruleSet: loadRuleSet(readRuleFiles()),
  detectors: DETECTORS,
});

function reported(body: string): readonly string[] {
  const { findings } = analyse({
    kind: "file",
    file: { path: "vault/box.py", text: `from Crypto.Cipher import AES\n\ndef box(key, data):\n    ${body}\n` },
    options: { profile: "default", levels: {}, today: "2026-01-01" },
  });
  return findings.map(({ ruleId, level }) => `${level} ${ruleId}`);
}

test.each([
  ["what is encrypted is an error", "return AES.new(key, AES.MODE_ECB).encrypt(data)", ["error cipher-ecb"]],
  ["what was encrypted elsewhere is a note", "return AES.new(key, AES.MODE_ECB).decrypt(data)", ["note cipher-ecb"]],
  [
    "both in one function are an error",
    "cipher = AES.new(key, AES.MODE_ECB)\n    return cipher.decrypt(data) if data else cipher.encrypt(key)",
    ["error cipher-ecb"],
  ],
])("a broken cipher: %s", (_, body, expected) => {
  expect(reported(body)).toEqual(expected);
});
