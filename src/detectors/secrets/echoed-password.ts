import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ArgumentFact, CallFact, ModuleFacts } from "../../taint/facts.ts";
import { factIndex } from "../shared/fact-index.ts";
import { isPasswordName } from "./password-name.ts";

/** "Password:", "Enter your passphrase"; not "Forgot your password? (y/n)". */
const PROMPT = /\b(?:password|passphrase|passwd)\b[^?]*$/i;

const PROMPTS = ["click.prompt", "typer.prompt"];

/** Passwords that show on the screen while they are typed. */
export const echoedPassword: ModuleDetector = {
  kind: "module",
  name: "echoed-password",
  triggers: { calls: ["input", "click.option", ...PROMPTS] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  for (const call of facts.calls) {
    if (isEchoed(facts, call)) yield { node: call.node, fields: { callee: call.name } };
  }
}

function isEchoed(facts: ModuleFacts, call: CallFact): boolean {
  const [first] = call.args;
  const asks = call.callee.includes("input") || call.callee.some((path) => PROMPTS.includes(path));
  if (asks && !isOn(call, "hide_input")) {
    const target = factIndex(facts).assignedFrom(call.node)?.name.split(/[.[]/, 1)[0] ?? "";
    return isPasswordName(target) || PROMPT.test(textOf(first));
  }
  if (!call.callee.includes("click.option") || !isOn(call, "prompt") || isOn(call, "hide_input")) return false;
  return isPasswordName(textOf(first).replace(/^-+/, "").replaceAll("-", "_"));
}

function isOn(call: CallFact, name: string): boolean {
  const given = call.args.find(({ keyword }) => keyword === name);
  return call.doubleSplat || (given !== undefined && !given.value.constants.includes(false));
}

function textOf(argument: ArgumentFact | undefined): string {
  const [constant] = argument?.value.constants ?? [];
  return typeof constant === "string" ? constant : "";
}
