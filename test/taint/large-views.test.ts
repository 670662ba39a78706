import { expect, test } from "vitest";
import { CALL_STEPS } from "../../src/taint/machine/budgets.ts";
import { flowsOf } from "./flows-of.ts";

/** A view behind a decorator that calls it on two ways; it takes more steps than calls are followed for. */
function viewOf(answer: string): string {
  const statements = Array.from({ length: CALL_STEPS / 4 }, (_, number) => `    rows.append(name[${number}])`);
  return `from functools import wraps
from flask import Flask, jsonify, make_response, request

app = Flask(__name__)

def counted(view):
    @wraps(view)
    def decorated(*args, **kwargs):
        if request.headers.get("X-Token"):
            return view(*args, **kwargs)
        return make_response(view(*args, **kwargs))
    return decorated

@app.route("/table/<name>")
@counted
def page_of_table(name):
    rows = []
${statements.join("\n")}
    return ${answer}
`;
}

const onPages = (code: string) => flowsOf(code).filter((flow) => flow.includes(" to html "));

test("a view that is too large to be followed again answers nothing that it did not answer the first time", () => {
  expect(onPages(viewOf("jsonify(name=name, rows=rows)"))).toEqual([]);
});

test("what it answers by itself is asked for where it is entered", () => {
  expect(onPages(viewOf('"<h1>" + name'))).toEqual([expect.stringMatching(/remote to html from 16$/)]);
});
