import { expect, test } from "vitest";
import { readRuleFiles } from "../scripts/read-rule-files.ts";
import { createAnalyse } from "../src/analysis/create-analyse.ts";
import { DETECTORS } from "../src/detectors/registry.ts";
import { chooseParser } from "../src/python/choose-parser.ts";
import { loadRuleSet } from "../src/rules/load.ts";

const analyse = createAnalyse({
  parser: await chooseParser(),
  ruleSet: loadRuleSet(readRuleFiles()),
  detectors: DETECTORS,
});

/** What the profile `audit` says of the last line. */
function lastLine(text: string): readonly string[] {
  const file = { path: "shop/app.py", text };
  const { findings } = analyse({ kind: "file", file, options: { profile: "audit", levels: {}, today: "2026-01-01" } });
  const last = text.split("\n").length;
  return findings.filter(({ location }) => location.span.start.line === last).map(({ ruleId }) => ruleId);
}

test.each([
  ["a variable in a shell's line", "import os\nos.system('cp ' + os.environ['FROM'] + ' /srv')", "env-to-shell"],
  [
    "a request in a task's command",
    "from airflow.operators.bash import BashOperator\nfrom flask import request\ndef task():\n    BashOperator(task_id='a', bash_command='ls ' + request.args['folder'])",
    "command-injection",
  ],
  [
    "code that is run elsewhere",
    "import asyncio\nfrom flask import request\nasync def run():\n    loop = asyncio.get_running_loop()\n    await loop.run_in_executor(None, exec, request.form['code'])",
    "code-injection",
  ],
  [
    "a context for a version that is broken",
    "import ssl\ncontext = ssl.SSLContext(ssl.PROTOCOL_TLSv1)",
    "tls-weak-version",
  ],
  ["a name made in a shared folder", "import tempfile\nname = tempfile.mktemp(dir='/tmp')", "tempfile-mktemp"],
  [
    "a mechanism that is no password",
    "import pymongo\nclient = pymongo.MongoClient('db.example.org', authMechanism='MONGODB-CR')",
    "mongo-weak-auth",
  ],
  [
    "code that is compiled and run",
    "from flask import request\nresult = eval(compile(request.args['f'], 'f', 'eval'))",
    "code-injection",
  ],
])("%s is one mistake, and said by one rule", (_, text, rule) => {
  expect(lastLine(text)).toEqual([rule]);
});
