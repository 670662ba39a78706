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

function messagesOf(text: string): readonly string[] {
  const { findings } = analyse({
    kind: "file",
    file: { path: "shop/views.py", text },
    options: { profile: "default", levels: {}, today: "2026-01-01" },
    project: { kind: "given", files: [] },
  });
  return findings.map(({ message }) => message);
}

const FASTAPI = `from typing import Annotated
from fastapi import FastAPI, Form
from fastapi.responses import FileResponse, RedirectResponse

app = FastAPI()
`;

test.each([
  ["name: str", "name"],
  ['name: Annotated[str, Form()] = "/"', "name"],
])("a parameter `%s` is told by its name alone", (parameter, said) => {
  const [message] = messagesOf(
    `${FASTAPI}\n@app.post("/go")\ndef go(${parameter}):\n    return RedirectResponse(name)\n`,
  );
  expect(message).toMatch(new RegExp(`^\`${said}\` comes from `));
});

test("what is looked up in a mapping is told with its key", () => {
  const [message] = messagesOf(
    'from flask import redirect, request\n\ndef go():\n    return redirect(request.args["next"])\n',
  );
  expect(message).toMatch(/^`request\.args\["next"\]` /);
});
