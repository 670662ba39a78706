import { describe, expect, it } from "vitest";
import { flowsOf } from "./flows-of.ts";

/** The flows of a few lines; the kinds that other tests are about are left out. */
function flows(...lines: readonly string[]): readonly string[] {
  return flowsOf(`${lines.join("\n")}\n`);
}

describe("a name that says what it holds", () => {
  it.each([
    ["a parameter", "def f(password):", "    logger.info(password)"],
    ["an attribute", "def f(user):", "    logger.info(user.password)"],
    ["an item", "def f(user):", '    logger.info(user["password"])'],
    ["a value that is read by its name", "def f(form):", '    logger.info(form.get("password"))'],
    ["a variable", "def f(form):", "    db_password = form.first(); logger.info(db_password)"],
    ["the result of a function", "def f(store):", "    logger.info(store.get_password())"],
    ["a part of a text", "def f(password):", '    logger.info(f"login with {password}")'],
    ["a word in another casing", "def f(userPassword):", "    logger.info(userPassword)"],
  ])("labels %s", (_, ...lines) => {
    const found = flows("import logging", "logger = logging.getLogger(__name__)", ...lines);
    expect(found.map((flow) => flow.replace(/ from.*/, ""))).toEqual(["4 password to log-secret"]);
  });

  it.each([
    ["a hash of it", "def f(user):", "    logger.info(user.password_hash)"],
    ["a question about it", "def f(user):", "    logger.info(user.has_password)"],
    ["its length", "def f(password):", "    logger.info(len(password))"],
    ["its last characters", "def f(api_key):", "    logger.info(api_key[-4:])"],
    ["a mask of it", "def f(password):", "    logger.info(mask(password))"],
    ["what was hashed", "def f(password):", "    logger.info(hash_password(password))"],
    ["a page about it", "def f(config):", "    logger.info(config.reset_password_url)"],
    ["a constant", "def f():", '    password = "example"; logger.info(password)'],
    ["what hides it beside another part", "def f(user, password):", '    logger.info(f"{user} {redact(password)}")'],
  ])("does not label %s", (_, ...lines) => {
    expect(flows("import logging", "logger = logging.getLogger(__name__)", ...lines)).toEqual([]);
  });

  it("stays with the object: what a function makes of it as a whole holds no secret", () => {
    const found = flows(
      "import logging",
      "logger = logging.getLogger(__name__)",
      "class Server:",
      "    def __init__(self, settings):",
      '        self.password = settings["PASSWORD"]',
      "    def start(self):",
      "        port = listen(self)",
      "        logger.info(port.number)",
      "        logger.info(self.password)",
    );
    expect(found).toEqual(["9 password to log-secret from 5"]);
  });

  it("leaves a number from the request harmless for a statement", () => {
    const found = flows(
      "import sqlite3",
      "from flask import request",
      "def f(db: sqlite3.Connection, password):",
      '    number = int(request.args["n"])',
      "    db.execute(f\"SELECT 1 FROM t WHERE id = {number} AND p = '{password}'\")",
    );
    expect(found).toEqual([]);
  });

  it("keeps the way of each label apart in one text", () => {
    const found = flows(
      "import logging",
      "from flask import request",
      "logger = logging.getLogger(__name__)",
      "def f(user):",
      '    name = request.args["name"]',
      "    password = user.password",
      '    logger.info("login: " + name + password)',
    );
    expect(found).toContain("7 remote to log from 5");
    expect(found).toContain("7 password to log-secret from 6");
  });
});

describe("what tells of the inside of a program", () => {
  it("is an exception, and another thing than a stack trace", () => {
    const found = flows(
      "import traceback",
      "from fastapi import HTTPException",
      "def f():",
      "    try:",
      "        work()",
      "    except OSError as error:",
      "        raise HTTPException(500, str(error))",
      "    except Exception:",
      "        raise HTTPException(500, traceback.format_exc())",
    );
    expect(found).toEqual(["7 exception to error-detail from 6", "9 traceback to error-detail from 9"]);
  });
});

describe("a list that is run without a shell", () => {
  const head = ["import subprocess", "from flask import request"];

  it("hands its tail to the program as arguments", () => {
    const found = flows(...head, 'subprocess.run(["tar", "xf", request.args["name"]])');
    expect(found).toEqual(["3 remote to argument from 3"]);
  });

  it.each([
    ["behind --", 'subprocess.run(["tar", "xf", "--", request.args["name"]])'],
    ["behind a constant beginning", `subprocess.run(["tar", f"--file={request.args['name']}"])`],
    ["as a number", 'subprocess.run(["head", "-n", int(request.args["n"])])'],
  ])("takes no option from what stands %s", (_, line) => {
    expect(flows(...head, line)).toEqual([]);
  });
});

describe("a number from outside", () => {
  const head = ["import time", "from flask import request"];

  it("is of any size", () => {
    expect(flows(...head, 'time.sleep(int(request.args["n"]))')).toEqual(["3 remote to range from 3"]);
  });

  it.each([
    ["a comparison", 'n = int(request.args["n"])', "if n > 60:", "    raise ValueError(n)", "time.sleep(n)"],
    ["a range", 'n = int(request.args["n"])', "if 0 <= n <= 60:", "    time.sleep(n)"],
    ["the smaller of two", 'time.sleep(min(int(request.args["n"]), 60))'],
    ["membership", 'n = int(request.args["n"])', "if n in range(60):", "    time.sleep(n)"],
  ])("has the bounds that %s gives it", (_, ...lines) => {
    expect(flows(...head, ...lines)).toEqual([]);
  });
});
