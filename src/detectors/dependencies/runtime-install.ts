import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts, ValueFact } from "../../taint/facts.ts";

const STARTS =
  /^(?:subprocess\.(?:run|call|check_call|check_output|Popen|getoutput|getstatusoutput)|os\.(?:system|popen|exec[lv]p?e?|spawn[lv]p?e?|posix_spawnp?)|asyncio\.create_subprocess_(?:exec|shell))$/;

/** What pip is called by as a library. */
const OF_PIP = /^pip\.(?:main|_internal\.main|_internal\.cli\.main\.main|_internal\.main\.main)$/;

/** By the program, the words that make it install something. */
const INSTALLERS: readonly (readonly [RegExp, ReadonlySet<string>])[] = [
  [/^(?:.*\/)?(?:pip|pip3|pip3\.\d+|conda|mamba|micromamba)$/, new Set(["install"])],
  [/^(?:.*\/)?(?:poetry|uv|pdm)$/, new Set(["add"])],
];

/** Calls that install a package by starting an installer, or by pip's own function. */
export const runtimeInstall: ModuleDetector = {
  kind: "module",
  name: "runtime-install",
  triggers: {
    roots: ["subprocess", "os", "asyncio", "pip"],
    and: { texts: ["pip|conda|mamba|easy_install|poetry|uv|pdm"] },
  },
  concerns: (text) => /\b(?:install|add)\b|easy_install/.test(text),
  prepare: () => detect,
};

function* detect({ calls }: ModuleFacts): Generator<Detection> {
  for (const call of calls) {
    const isStart = call.callee.some((path) => STARTS.test(path));
    const words = isStart ? wordsOf(call) : [];
    const isOfPip = call.callee.some((path) => OF_PIP.test(path)) && wordsOf(call)[0] === "install";
    if (isOfPip || installs(words)) yield { node: call.node, fields: { callee: call.name } };
  }
}

function installs(words: readonly (string | undefined)[]): boolean {
  return words.some((word = "", at) => {
    // A program that is handed the name of an installer is another one: `install pip …`.
    if (!isProgram(words, at)) return false;
    if (/^(?:.*\/)?easy_install$/.test(word)) return true;
    const asked = words.slice(at + 1).find((next) => next?.startsWith("-") !== true);
    return INSTALLERS.some(([program, commands]) => program.test(word) && asked !== undefined && commands.has(asked));
  });
}

/** The first word, or what stands behind `sudo`, `-m` or `uv`. */
function isProgram(words: readonly (string | undefined)[], at: number): boolean {
  const before = words[at - 1];
  return at === 0 || before === "sudo" || before === "-m" || before === "uv" || before === "&&" || before === ";";
}

/** The words that a program is started with, or that pip is told; undefined where one is not known. */
function wordsOf({ args }: CallFact): readonly (string | undefined)[] {
  const given = args.filter(({ position, keyword }) => position !== undefined || keyword === "args");
  return given.flatMap(({ value }) => value.elements?.map(textOf) ?? lineOf(value));
}

/** A line for a shell; what is not known of it may be the name of a package. */
function lineOf(value: ValueFact): readonly (string | undefined)[] {
  return textOf(value)?.split(/\s+/) ?? [undefined];
}

function textOf({ constants }: ValueFact): string | undefined {
  const [only, ...others] = constants;
  return typeof only === "string" && others.length === 0 ? only : undefined;
}
