/** One mechanism of the engine taken away or turned round: the first `text` of the file becomes `replacement`. */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly replacement: string;
}

function mutant(name: string, file: string, text: string, replacement: string): Mutant {
  return { name, file: `src/taint/${file}`, text, replacement };
}

export const MUTANTS: readonly Mutant[] = [
  // State and control flow
  mutant(
    "assignment does not replace the earlier value",
    "values/state.ts",
    "    this.#ownVariables().set(key, value);",
    "    const earlier = this.get(key);\n    this.#ownVariables().set(key, earlier === undefined ? value : join(earlier, value));",
  ),
  mutant(
    "branches are not joined: the last one wins",
    "values/state.ts",
    "if (value !== undefined) joined = joined === undefined ? value : join(joined, value);",
    "if (value !== undefined) joined = value;",
  ),
  mutant(
    "containers are not joined where branches meet",
    "values/state.ts",
    "if (shape !== undefined) joined = joined === undefined ? shape : joinShapes(joined, shape);",
    "if (shape !== undefined) joined = joined === undefined ? shape : joined;",
  ),
  mutant(
    "code after return runs",
    "statements/execute.ts",
    "    if (!machine.state.alive) return;\n    execute(machine, statement);",
    "    machine.state.alive = true;\n    execute(machine, statement);",
  ),
  mutant(
    "a branch whose condition is false is run",
    "statements/execute.ts",
    "if (known !== false) {\n      const branch",
    "if (known !== null) {\n      const branch",
  ),
  mutant(
    "a branch behind a condition that is true is run as well",
    "statements/execute.ts",
    "if (known === true) {\n      rest.alive = false;\n      break;\n    }",
    "",
  ),
  mutant(
    "the way past an if is forgotten",
    "statements/execute.ts",
    "  if (rest.alive) ends.push(rest.collapse(before));\n",
    "",
  ),
  mutant(
    "raise does not end its way",
    "statements/execute.ts",
    "      machine.state.alive = isOutside(machine, node);\n      return;\n    case Kind.break",
    "      return;\n    case Kind.break",
  ),
  mutant("a loop runs once", "statements/execute-loop.ts", "const MAX_ROUNDS = 4;", "const MAX_ROUNDS = 1;"),
  mutant(
    "a loop over something may be left out",
    "statements/execute-loop.ts",
    "isNeverEmpty ? exits.slice(1) : exits",
    "exits",
  ),
  mutant("a loop over nothing runs", "statements/execute-loop.ts", "isNeverRun ? 0 : MAX_ROUNDS", "MAX_ROUNDS"),
  mutant(
    "continue drops its state",
    "statements/execute-loop.ts",
    "const ends = loop.continues.splice(0);",
    "loop.continues.splice(0);\n    const ends: State[] = [];",
  ),
  mutant(
    "break drops its state",
    "statements/execute-loop.ts",
    "return { exits, breaks: loop.breaks };",
    "return { exits, breaks: [] };",
  ),
  mutant(
    "the condition of while is not known after it",
    "statements/execute-loop.ts",
    "    else assume(machine, condition, false);\n",
    "",
  ),
  mutant(
    "the condition of while is not known in it",
    "statements/execute-loop.ts",
    "    assume(machine, condition, true);\n    return true;",
    "    return true;",
  ),
  mutant(
    "handlers see the state before the block only",
    "statements/execute-try.ts",
    "const handler = interrupted(before, attempt);",
    "const handler = before.fork();",
  ),
  mutant(
    "a return of finally does not replace others",
    "statements/execute-try.ts",
    "  frame.returns.splice(earlier, inside - earlier);\n",
    "",
  ),
  mutant(
    "finally does not run on the ways that leave",
    "statements/execute-try.ts",
    "  machine.state = last;\n  executeBody(machine, block);\n",
    "  machine.state = last;\n",
  ),
  mutant(
    "an exception drops what it was made of",
    "statements/execute-try.ts",
    "made === undefined ? labelled : carry(labelled, [made])",
    "labelled",
  ),
  mutant(
    "suppress is a block like others",
    "statements/execute.ts",
    "if (suppresses) executeSuppressed(machine, body);\n  else executeBody(machine, body);",
    "executeBody(machine, body);",
  ),
  mutant("match runs every case", "statements/execute-match.ts", "if (matches === false) continue;", ""),
  mutant(
    "match goes on after a case that matches",
    "statements/execute-match.ts",
    "        mayFallThrough = false;\n        break;\n",
    "",
  ),
  mutant(
    "a literal case proves nothing",
    "statements/execute-match.ts",
    "narrow(machine, subjectNode, EVERYTHING);",
    "{}",
  ),
  mutant(
    "a pattern binds all of the subject to each name",
    "statements/match-patterns.ts",
    "else if (syntax.kind[pattern] !== Kind.comment) bindPattern(machine, pattern, parts[position]);",
    "else bindPattern(machine, pattern, subject);",
  ),
  mutant(
    "a with statement ignores what __enter__ gives",
    "statements/execute.ts",
    "enter(machine, expression, evaluate(machine, expression))",
    "evaluate(machine, expression)",
  ),

  mutant(
    "what a condition proved outlives its branch",
    "values/state.ts",
    "if (isProof && values.some((value) => value === undefined || value === UNKNOWN)) return UNKNOWN;",
    "if (isProof && values.length < 0) return UNKNOWN;",
  ),

  // Names
  mutant("global names are local", "values/names.ts", "if (scope.globals.has(name)) return machine.unit.frame;", ""),
  mutant(
    "functions see the names of their class body",
    "values/names.ts",
    "!frame.isClassBody || frame === machine.frame",
    "true",
  ),
  mutant("closures see no outer names", "calls/call-function.ts", "    enclosing: callee.frame,\n", ""),
  mutant(
    "a comprehension's names are those around it",
    "expressions/evaluate-comprehension.ts",
    "for (const clause of clauses) addTargets(syntax, targetOf(machine, clause), locals);",
    "",
  ),
  mutant(
    "what is proved of an item outlives its container",
    "values/names.ts",
    "for (const key of keys) machine.state.set(key, UNKNOWN);",
    "for (const _ of keys);",
  ),

  // Values
  mutant(
    "all kinds are cleared where one side is",
    "values/value.ts",
    "return a.cleared & b.cleared;",
    "return a.cleared | b.cleared;",
  ),
  mutant(
    "a sanitizer clears every kind",
    "calls/call-library.ts",
    "{ ...value, cleared: value.cleared | mask };",
    "{ ...value, cleared: -1 };",
  ),
  mutant(
    "labels inside containers are not seen from outside",
    "values/carry.ts",
    "if (value.refs.length === 0 || nesting === 0) return value;",
    "return value;",
  ),
  mutant(
    "constants are forgotten at a join",
    "values/value.ts",
    "return joined.length > MAX_CONSTANTS ? undefined : joined;",
    "return joined.length > 1 ? undefined : joined;",
  ),
  mutant(
    "comparisons of constants are not known",
    "expressions/operators.ts",
    "if (left.constants === undefined || right.constants === undefined) return undefined;\n  let",
    "return undefined;\n  let",
  ),
  mutant(
    "arithmetic is not folded",
    "expressions/operators.ts",
    "if (folded !== undefined) return carry(folded, [left, right]);",
    "",
  ),
  mutant("the beginning of a text is not kept", "values/text.ts", "prefix: commonPrefix(parts),", "prefix: undefined,"),
  mutant(
    "and does not stop at what is false",
    "expressions/evaluate.ts",
    "if (known !== undefined && known !== isAnd) return left;",
    "",
  ),
  mutant(
    "a conditional expression evaluates both sides",
    "expressions/evaluate.ts",
    "if (known !== undefined) return evaluate(machine, known ? consequence : alternative);",
    "",
  ),
  mutant(
    "percent puts every value in",
    "expressions/format.ts",
    "return shape.entries.get(key) ?? shape.rest ?? UNKNOWN;",
    "return deep(machine, values);",
  ),
  mutant(
    "format puts every value in",
    "expressions/format.ts",
    "if (pieces === undefined || others.length > 0) {",
    "{",
  ),

  // Containers and objects
  mutant(
    "keys are not told apart",
    "values/shape.ts",
    "const found = shape.entries.get(key);\n  if (found === undefined) return shape.rest;\n  return found;",
    "return key === undefined ? undefined : anyEntry(shape);",
  ),
  mutant(
    "an item that is assigned again keeps the earlier one",
    "values/shape.ts",
    "return { ...shape, entries: new Map(shape.entries).set(key, value) };",
    "const before = shape.entries.get(key);\n  return { ...shape, entries: new Map(shape.entries).set(key, before === undefined ? value : join(before, value)) };",
  ),
  mutant(
    "a key that is not known is stored nowhere",
    "values/shape.ts",
    "return { ...shape, rest: joinOptional(shape.rest, value), keys: joinOptional(shape.keys, key) };",
    "return shape;",
  ),
  mutant(
    "keys that are not known are forgotten",
    "values/shape.ts",
    "keys: joinOptional(shape.keys, key) };",
    "keys: undefined };",
  ),
  mutant(
    "the sections of a configuration are one",
    "library/config-parsers.ts",
    "const value = section === undefined ? anyEntry(shape) : entryOf(shape, section);",
    "const value = anyEntry(shape);",
  ),
  mutant(
    "what a pattern leaves over is not known",
    "library/matched-text.ts",
    "replacement === undefined ? 0 : keptMask(",
    "replacement === undefined ? 0 : lineMask(",
  ),
  mutant(
    "an element that was taken out shifts nothing",
    "library/container-methods.ts",
    "shape: at === -1 ? blur(shape) : rebuild(left)",
    "shape: blur(shape)",
  ),
  mutant(
    "a function that calls itself is not tried without its inner calls",
    "calls/recursion.ts",
    "if (!callsItself(callee) || machine.tried.has(callee)) return run(parameters);",
    "if (parameters.size >= 0) return run(parameters);",
  ),
  mutant(
    "what is looked up in a namespace is nobody's choice",
    "values/namespaces.ts",
    "  reportFlow(machine, {",
    "  if (bit === 0) reportFlow(machine, {",
  ),
  mutant(
    "markup does not escape what is added to it",
    "library/markup.ts",
    "isEscaped ? withCleared(result, html) : result",
    "result",
  ),
  mutant(
    "a right signature proves nothing",
    "guards/guard-signatures.ts",
    "if (signed !== undefined) narrow(",
    "if (signed === undefined) narrow(",
  ),
  mutant(
    "a response that is no page is one",
    "library/content-types.ts",
    "if (made !== NONE) machine.recorder.retract",
    "if (made === NONE) machine.recorder.retract",
  ),
  mutant("a deleted key stays", "values/shape.ts", "  entries.delete(key);\n", ""),
  mutant(
    "unpacking does not know places",
    "library/sequences.ts",
    "if (fitting.length === 0) return",
    "if (fitting.length >= 0) return",
  ),
  mutant(
    "attributes are not written",
    "statements/execute-assignment.ts",
    "machine.write(ref, isOnly ? changed : joinShapes(shape, changed));\n}\n\nfunction setterOf",
    "}\n\nfunction setterOf",
  ),
  mutant(
    "an attribute that is assigned again keeps the earlier value",
    "statements/execute-assignment.ts",
    "machine.write(ref, isOnly ? changed : joinShapes(shape, changed));\n}\n\nfunction setterOf",
    "machine.write(ref, joinShapes(shape, changed));\n}\n\nfunction setterOf",
  ),
  mutant(
    "an alias is a copy",
    "values/names.ts",
    "  machine.state.set(key, value);\n  const attempt",
    "  const shapes = value.refs.map((ref) => machine.shape(ref));\n  machine.state.set(key, shapes.every((shape) => shape !== undefined) ? { ...value, refs: shapes.map((shape) => machine.allocate(shape)) } : value);\n  const attempt",
  ),
  mutant(
    "parents have no attributes",
    "expressions/class-attribute.ts",
    "  for (const parent of info.parents) {\n    const found = classAttribute",
    "  for (const parent of [] as ClassInfo[]) {\n    const found = classAttribute",
  ),
  mutant(
    "properties are not called",
    "expressions/evaluate-attribute.ts",
    'callable.info.role === "property"',
    'callable.info.name === ""',
  ),
  mutant(
    "__init__ is not run",
    "calls/call-project.ts",
    "    callFunction(machine, call.node, method, bound);\n    return self;",
    "    return self;",
  ),
  mutant(
    "setters are not run",
    "statements/execute-assignment.ts",
    "if (setter !== undefined) {",
    'if (setter !== undefined && name === "") {',
  ),

  // Calls
  mutant(
    "arguments are not bound to parameters",
    "calls/call-function.ts",
    "callee, name, given ?? anywhere",
    "callee, name, anywhere",
  ),
  mutant("defaults are not known", "calls/call-function.ts", "?? callee.defaults.get(name) ?? UNKNOWN", "?? UNKNOWN"),
  mutant(
    "results of one call are those of every call",
    "calls/memo.ts",
    "for (const value of parameters.values()) key +=",
    "for (const value of [] as Value[]) key +=",
  ),
  mutant(
    "the origin of an argument is not part of the memo's key",
    "calls/replay.ts",
    "return now.get(name)?.origin ?? origin;",
    "return origin;",
  ),
  mutant(
    "what a repeated call stores is lost",
    "calls/replay.ts",
    "for (const [name, shape] of result.stored) {",
    "for (const [name, shape] of [] as [string, Shape][]) {",
  ),
  mutant(
    "calls of the project's functions are unknown calls",
    "expressions/evaluate-call.ts",
    "if (callables.length > 0) result =",
    "if (callables.length > 99) result =",
  ),
  mutant(
    "unknown calls pass nothing on",
    "expressions/evaluate-call.ts",
    'return carry({ ...UNKNOWN, constancy: "dynamic" }, from);',
    "return from.length < 0 ? carry(UNKNOWN, from) : UNKNOWN;",
  ),
  mutant(
    "names that ask pass on what they ask about",
    "expressions/evaluate-call.ts",
    "if (isQuestion(name)) return DYNAMIC;",
    "",
  ),
  mutant(
    "a generator yields nothing",
    "calls/call-function.ts",
    "const element = joinAll(frame.yields);",
    "const element = joinAll(frame.yields.slice(99));",
  ),
  mutant(
    "recursion is endless before it is given up",
    "calls/call-function.ts",
    "machine.callDepth >= MAX_CALL_DEPTH",
    "machine.callDepth >= 0",
  ),
  mutant(
    "callbacks are not run",
    "calls/call-back.ts",
    "if (callee === undefined ||",
    "if (positional.length >= 0 || callee === undefined ||",
  ),

  // Guards
  mutant(
    "guards hold the other way round",
    "guards/guards.ts",
    "  assumeKind(machine, node, holds);",
    "  assumeKind(machine, node, !holds);",
  ),
  mutant(
    "not does not turn a guard round",
    "guards/guards.ts",
    "assume(machine, childByField(syntax, node, Field.argument), !holds);",
    "assume(machine, childByField(syntax, node, Field.argument), holds);",
  ),
  mutant("or proves what and proves", "guards/guards.ts", "if (isAnd === holds) {", "if (isAnd || holds) {"),
  mutant(
    "not in proves on the branch where it holds",
    "guards/guards.ts",
    'if ((operator === "in") === holds) assumeMember',
    "if (holds) assumeMember",
  ),
  mutant(
    "membership proves nothing",
    "guards/guards.ts",
    "if (value.constants !== undefined) return;",
    "if (value.labels !== 0) return;",
  ),
  mutant(
    "a denylist proves something",
    "guards/guards.ts",
    'if ((operator === "in") === holds) assumeMember(machine, left, right);',
    "if (holds || !holds) assumeMember(machine, left, right);",
  ),
  mutant("an allowlist may come from the request", "guards/guards.ts", "if (allowed.labels !== 0) {", "if (false) {"),
  mutant(
    "helpers prove nothing",
    "guards/guard-calls.ts",
    "const masks = proof.result[when];",
    "const masks = new Map<string, number>();",
  ),
  mutant(
    "a helper proves nothing of a condition that it is given",
    "guards/truths.ts",
    "truths.set(name, truth);",
    "{}",
  ),
  mutant("a condition holds after a helper on any way out", "guards/truths.ts", "facts.every(", "facts.some("),
  mutant(
    "what is proved of a request is known in one function only",
    "guards/shared-proofs.ts",
    "const isOne = paths.length === 1 &&",
    "const isOne = paths.length === 0 &&",
  ),
  mutant(
    "what one way out proves of a request holds after all",
    "guards/shared-proofs.ts",
    "if (value === undefined || value === UNKNOWN) least = undefined;",
    "if (value === undefined || value === UNKNOWN) continue;",
  ),
  mutant(
    "what a helper leaves in a shared object is gone after it",
    "statements/execute-assignment.ts",
    "      assignShared(machine, object, `.${name}`, assigned);\n",
    "",
  ),
  mutant(
    "what runs before a route leaves nothing",
    "machine/entry.ts",
    "for (const [key, value] of sharedProofs(machine, states)) base.set(key, value);",
    "",
  ),
  mutant(
    "a dependency gives nothing of the request",
    "machine/dependencies.ts",
    "return deep(machine, value).labels === 0 ? undefined : value;",
    "return undefined;",
  ),
  mutant(
    "the methods of a schema class do not check its fields",
    "machine/validators.ts",
    "if (given.labels === 0) return given;",
    "if (given.labels >= 0) return given;",
  ),
  mutant(
    "what was collected says nothing",
    "guards/collected.ts",
    "if (collected === undefined || isEmptied(machine, name)) return;",
    "if (collected !== undefined || isEmptied(machine, name)) return;",
  ),
  mutant(
    "what was collected on one way is known on all",
    "guards/collected.ts",
    "if (isNoted(machine, name, condition) && areUnchanged",
    "if (areUnchanged",
  ),
  mutant(
    "a loop proves nothing of what it went through",
    "statements/execute-loop.ts",
    "if (proved !== 0 && machine.state.alive) proveElements",
    "if (proved === 0 && machine.state.alive) proveElements",
  ),
  mutant(
    "nothing is sent into a generator",
    "expressions/evaluate.ts",
    "const sent = machine.frame.sent ?? DYNAMIC;",
    "const sent = DYNAMIC;",
  ),
  mutant(
    "an object is called like anything unknown",
    "expressions/evaluate-call.ts",
    "if (callee.refs.length > 0) result = joinOptional(result, callObjects(machine, call));",
    "",
  ),
  mutant(
    "an entry is run past its decorators",
    "machine/entry-wrappers.ts",
    "if (wrapper === undefined) return undefined;",
    "if (wrapper !== undefined) return undefined;",
  ),
  mutant(
    "what is proved of an attribute is known by its expression only",
    "guards/narrow.ts",
    "shape !== undefined && value !== undefined)",
    "shape === undefined && value !== undefined)",
  ),
  mutant(
    "patterns without an end prove something",
    "guards/guard-text.ts",
    "if (!isAnchoredAtEnd || !isAnchoredAtStart) return undefined;",
    "",
  ),
  mutant(
    "a negated class admits letters only",
    "guards/guard-text.ts",
    'if (inner[at + 1] === "^") return undefined;',
    "",
  ),
  mutant(
    "paths are inside without being resolved",
    "guards/guard-places.ts",
    "return value.paths.some((path) => /(?:realpath",
    "return value.labels >= 0 || value.paths.some((path) => /(?:realpath",
  ),
  mutant(
    "a condition that was named is not remembered",
    "guards/conditions.ts",
    "isFlag: flag !== NONE };\n  machine.conditions.set(keyOf(machine.frame, name), named);",
    "isFlag: flag !== NONE };\n  named;",
  ),
  mutant(
    "a named condition speaks of whatever its names stand for now",
    "guards/conditions.ts",
    "?.origin !== origin) return false;",
    "?.origin !== origin) continue;",
  ),
  mutant(
    "a decorator of the project leaves its function as it is",
    "calls/decorate.ts",
    "return made === plain ? undefined : { function: made, levels };",
    "return undefined;",
  ),
  mutant(
    "functions of one factory share their variables",
    "calls/call-function.ts",
    " && !makesFunctions(callee, result)) machine",
    ") machine",
  ),
  mutant(
    "what was decoded stays as harmless as it was encoded",
    "library/codecs.ts",
    ", cleared: value.cleared & trusted }",
    " }",
  ),
  mutant(
    "a host is any name that ends like a domain",
    "guards/guard-places.ts",
    "/^\\.[^.]/.test(ending)",
    'ending !== ""',
  ),
  mutant(
    "a conversion that raises proves nothing",
    "calls/call-library.ts",
    "if (given.value.labels !== 0) narrow(machine, given.node, machine.models.sanitizes(path));",
    "",
  ),

  // Sinks
  mutant("sinks do not ask what is cleared", "machine/sinks.ts", "(value.cleared & bit) !== 0 || ", ""),
  mutant(
    "a fixed host does not count",
    "machine/sink-forms.ts",
    "hasFixedHost(value, sink.feeds) ?",
    'hasFixedHost(value, "") && value.labels < 0 ?',
  ),
  mutant(
    "an annotation says nothing of what an object is",
    "calls/instances.ts",
    "return instance === undefined ? typed : { ...typed, refs: instance.refs };",
    "return typed;",
  ),
  mutant(
    "a method that only classes below give returns nothing",
    "calls/call-function.ts",
    "    info.isAbstract ||\n",
    "",
  ),
  mutant(
    "what is injected by an annotation comes from the request",
    "machine/entry.ts",
    "isInjected(fallback) || isInjectedBy(machine, parameter.annotation)",
    "isInjected(fallback)",
  ),
];
