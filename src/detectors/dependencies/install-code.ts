import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, DefinitionFact, ModuleFacts, ValueFact } from "../../taint/facts.ts";

const OF_SETUP = /^(?:setuptools|distutils)\b/;

/** Commands that an installation runs, whoever starts it. */
const RUN_BY_INSTALLERS =
  /^(?:setuptools|distutils)\.command\.(install|develop|egg_info|build_py|install_lib|install_scripts|bdist_egg)\.\1$/;

/** What brings something in from outside, or tells somebody. */
const FETCHES =
  /^(?:urllib\.request\.(?:urlopen|urlretrieve)|urllib3\.(?:PoolManager\(\)\.)?request|requests\.(?:get|post|put|request|head|patch|Session\(\)\.\w+)|httpx\.(?:get|post|put|request|stream|Client\(\)\.\w+)|http\.client\.HTTPS?Connection\(\)\.request|socket\.(?:create_connection|socket\(\)\.connect))$/;

const EXECUTES = /^(?:builtins\.)?(?:exec|eval)$/;

const STARTS = /^(?:os\.(?:system|popen|exec[lv]p?e?|spawn[lv]p?e?)|subprocess\.\w+)$/;

/** Programs that bring something in: a package's own build steps start compilers and the like. */
const FETCHERS = /\b(?:curl|wget|pip3? install|easy_install)\b|https?:\/\//;

/** Code of a `setup.py` that fetches or runs something on every machine that installs the package. */
export const installCode: ModuleDetector = {
  kind: "module",
  name: "install-code",
  triggers: { packages: ["setuptools", "distutils"] },
  concerns: (text) => /setuptools|distutils/.test(text),
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  if (!/(?:^|\/)setup\.py$/.test(facts.path) || !facts.imports.some(({ module }) => OF_SETUP.test(module))) return;
  const commands = facts.definitions.filter(isCommand).map(({ qualifiedName }) => `${qualifiedName}.`);
  for (const call of facts.calls) {
    const scope = facts.scopeOf(call.node);
    const isInCommand = commands.some((command) => scope.startsWith(command));
    // As the file is read, version numbers are asked of Git and texts are executed that hold one.
    if (fetches(call) ? isInCommand || scope === "" : isInCommand && runs(call))
      yield { node: call.node, fields: { callee: call.name } };
  }
}

function isCommand({ kind, bases }: DefinitionFact): boolean {
  return kind === "class" && bases.some(({ paths }) => paths.some((path) => RUN_BY_INSTALLERS.test(path)));
}

function fetches({ callee }: CallFact): boolean {
  return callee.some((path) => FETCHES.test(path));
}

function runs({ callee, args }: CallFact): boolean {
  if (callee.some((path) => EXECUTES.test(path))) return args[0]?.value.constants.length === 0;
  return callee.some((path) => STARTS.test(path)) && args.some(({ value }) => FETCHERS.test(lineOf(value)));
}

function lineOf({ constants, elements = [] }: ValueFact): string {
  return [...constants, ...elements.flatMap((element) => element.constants)].join(" ");
}
