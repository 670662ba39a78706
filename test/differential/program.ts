import { HEADER } from "./program-header.ts";
import { Random } from "./random.ts";

/** Names that always hold text, and containers that always have the same form: nothing raises by accident. */
const TEXTS = ["a", "b", "c", "e"] as const;
const KEYS = ["k", "l", "m"] as const;

/**
 * A small program. Of an exact one the engine says little more than what reaches a sink; one that is not has blocks as
 * well that an exception may leave anywhere, as far as the engine knows, and nowhere but where it is raised, in fact.
 */
export function generateProgram(seed: number, isExact: boolean): string {
  const writer = new Writer(new Random(seed), isExact);
  return HEADER + writer.program();
}

class Writer {
  readonly #random: Random;
  readonly #isExact: boolean;
  readonly #functions: string[] = [];
  #names = 0;
  /** In branches no name is given to a second container: which of two it is could not be told afterwards. */
  #depth = 0;

  constructor(random: Random, isExact: boolean) {
    this.#random = random;
    this.#isExact = isExact;
  }

  program(): string {
    const functions = Array.from({ length: this.#random.below(3) }, () => this.#function());
    const lines = [
      ...TEXTS.map((name) => `${name} = ${this.#start()}`),
      `d = {"k": ${this.#start()}, "l": ${this.#start()}, "m": "plain"}`,
      `x = [${this.#start()}, ${this.#start()}, "plain"]`,
      this.#random.chance(0.5) ? `o = Box(${this.#start()}, ${this.#start()})` : `o = Small(${this.#start()})`,
    ];
    for (let count = 4 + this.#random.below(6); count > 0; count--) {
      lines.push(...this.#statement());
      if (this.#random.chance(0.4)) lines.push(this.#sink());
    }
    lines.push(...TEXTS.slice(0, 2).map((name) => `os.system("run " + ${name})`), this.#sink(), this.#sink());
    return `${functions.join("\n\n")}\n\ndef main():\n${indent(lines)}\n`;
  }

  #function(): string {
    const name = `f${this.#functions.length}`;
    const lines = ["a = v", "b = w", 'c = "plain"', 'e = "plain"'];
    for (let count = 1 + this.#random.below(3); count > 0; count--) lines.push(...this.#simple());
    lines.push(`return ${this.#random.pick(TEXTS)}`);
    this.#functions.push(name);
    return `def ${name}(v, w="plain"):\n${indent(lines)}\n`;
  }

  #start(): string {
    return this.#random.chance(0.35) ? 'request.args["q"]' : `"${this.#random.pick(["plain", "x", "y"])}"`;
  }

  #sink(): string {
    return `os.system("run " + ${this.#random.chance(0.5) ? this.#random.pick(TEXTS) : this.#read()})`;
  }

  /** A part of a container or object. */
  #read(): string {
    return this.#random.pick([
      `d["${this.#random.pick(KEYS)}"]`,
      `d.get("${this.#random.pick(KEYS)}", "plain")`,
      `x[${this.#random.pick(["0", "1", "2", "-1"])}]`,
      "o.left",
      "o.right",
      "o.get()",
      "o.other",
      "o.kind",
      'getattr(o, "left")',
      `"".join(x[${this.#random.pick([":1", "1:", "1:2"])}])`,
    ]);
  }

  #value(): string {
    const random = this.#random;
    const text = random.pick(TEXTS);
    const other = random.pick(TEXTS);
    if (random.chance(0.3)) return this.#start();
    if (random.chance(0.35) && this.#functions.length > 0) return this.#call(text, other);
    return random.pick([
      text,
      `${text} + ${other}`,
      `f"{${text}}-{len(${other})}"`,
      `"%s-%s" % (${text}, "plain")`,
      `"%(p)s" % {"p": ${text}, "q": ${other}}`,
      `"{1}".format(${text}, ${other})`,
      `"{p}".format(p=${text}, q=${other})`,
      `"-".join([${text}, "plain"])`,
      `${text}.strip().upper()`,
      `${text}.replace("x", "y")`,
      `str(len(${text}))`,
      `("plain" if len("ab") == 2 else ${text})`,
      `(${text} if random.random() < 0.5 else "plain")`,
      `("" or ${text})`,
      `("plain" and ${text})`,
      `(lambda v: v)(${text})`,
      `(lambda v: "plain")(${text})`,
      `(lambda v, w=${other}: w)(${text})`,
      `functools.partial(lambda v, w: w, ${text})(${other})`,
      `{"k": ${text}, "l": ${other}}["${random.pick(["k", "l"])}"]`,
      `(${text}, ${other})[${random.pick(["0", "1", "-1"])}]`,
      `[v for v in [${text}]][0]`,
      `{n: v for n, v in [("k", ${text})]}["k"]`,
      `next(iter([${text}]))`,
      `Box(${text}).get()`,
      `Box(${text}, ${other}).put("plain").${random.pick(["left", "right", "other"])}`,
      `Small(${text}).${random.pick(["left", "right", "get()"])}`,
      `dict(k=${text}, l=${other})["${random.pick(["k", "l"])}"]`,
      `(n := ${text})`,
    ]);
  }

  #call(text: string, other: string): string {
    const name = this.#random.pick(this.#functions);
    return this.#random.pick([
      `${name}(${text})`,
      `${name}(${text}, ${other})`,
      `${name}("plain", w=${text})`,
      `${name}(w=${text}, v=${other})`,
      `${name}(*[${text}, ${other}])`,
      `${name}(**{"v": ${text}})`,
    ]);
  }

  #statement(): string[] {
    const random = this.#random;
    if (this.#depth > 1 || random.chance(0.5)) return random.chance(0.5) ? this.#simple() : this.#containers();
    this.#depth++;
    const lines = this.#compound();
    this.#depth--;
    return lines;
  }

  #simple(): string[] {
    const random = this.#random;
    const name = random.pick(TEXTS);
    const other = random.pick(TEXTS.filter((one) => one !== name));
    return random.pick([
      () => [`${name} = ${this.#value()}`],
      () => [`${name} = ${this.#value()}`],
      () => [`${name} = ${this.#value()}`],
      () => [`${name} += ${this.#value()}`],
      () => [`${name}, ${other} = ${other}, ${name}`],
      () => [`${name}, ${other} = ${this.#value()}, "plain"`],
      () => [`${name}, *rest = [${this.#value()}, ${this.#value()}]`, `${other} = rest[0]`],
      () => [`${name} = ${other} = ${this.#value()}`],
    ])();
  }

  #containers(): string[] {
    const random = this.#random;
    const key = random.pick(KEYS);
    const name = random.pick(TEXTS);
    const place = random.pick(["0", "1", "2", "-1"]);
    const certain = [
      () => [`d["${key}"] = ${this.#value()}`],
      () => [`d.update({"${key}": ${this.#value()}})`],
      () => [`${name} = d.pop("${key}")`, `d["${key}"] = ${this.#value()}`],
      () => [`x[${place}] = ${this.#value()}`],
      () => [`x.append(${this.#value()})`, `${name} = x.pop()`],
      () => [`x.append(${this.#value()})`, `${name} = x.pop(0)`],
      () => [`x.insert(1, ${this.#value()})`, "x.pop()"],
      () => ["x.reverse()"],
      () => [`${name}, _, _ = x`],
      () => [`o.${random.pick(["left", "right"])} = ${this.#value()}`],
      () => [`o.put(${this.#value()})`],
      () => ["o.swap()"],
      () => [`setattr(o, "left", ${this.#value()})`],
      () => [`${name} = ${this.#read()}`],
      () => [`${name} = ${this.#read()}`],
    ];
    const shared = [
      () => [`x = list(reversed(x))`],
      () => [`x = x[1:] + [${this.#value()}]`],
      () => [`d |= {"${key}": ${this.#value()}}`],
      () => [`d = {**d, "${key}": ${this.#value()}}`],
      () => ["d2 = d", `d2["${key}"] = ${this.#value()}`],
      () => ["d2 = dict(d)", `d2["${key}"] = ${this.#value()}`, `${name} = d2["${random.pick(KEYS)}"]`],
      () => ["x2 = x", `x2[1] = ${this.#value()}`],
      () => ["x2 = x[:]", `x2[1] = ${this.#value()}`],
      () => ["o2 = o", `o2.left = ${this.#value()}`],
      () => ["held = [o]", `held[0].right = ${this.#value()}`],
    ];
    return random.pick(this.#depth === 0 ? [...certain, ...shared] : certain)();
  }

  #block(): string[] {
    const lines = Array.from({ length: 1 + this.#random.below(2) }, () => this.#statement()).flat();
    if (this.#random.chance(0.3)) lines.push(this.#sink());
    return lines;
  }

  #compound(): string[] {
    const random = this.#random;
    const name = random.pick(TEXTS);
    const inner = `g${this.#names++}`;
    const certain = [
      () => [`if random.random() < 0.5:`, indent(this.#block()), "else:", indent(this.#block())],
      () => [`if random.random() < 0.5:`, indent(this.#block())],
      () => [
        `if ${random.pick(["1 + 1 == 3", "len('ab') == 2", "not True", "'x' in 'xyz'", "3 in (1, 2)"])}:`,
        indent(this.#block()),
        "else:",
        indent(this.#block()),
      ],
      () => [
        `match ${random.pick(['"one"', '"two"', '"three"'])}:`,
        indent([
          `case "one":`,
          indent(this.#block()),
          `case "two" | "four":`,
          indent(this.#block()),
          "case _:",
          indent(this.#block()),
        ]),
      ],
      () => [
        `pair = [${this.#value()}, ${this.#value()}]`,
        "match pair:",
        indent([`case [${name}, _]:`, indent([this.#sink()])]),
      ],
      () => ["for _ in range(6):", indent(this.#loop())],
      () => [`for ${name} in [${this.#value()}, "plain"]:`, indent([`os.system("run " + ${name})`])],
      () => [`while random.random() < 0.5:`, indent(this.#loop())],
      () => [
        `def ${inner}():`,
        indent([`nonlocal ${name}`, `${name} = ${this.#value().replace(/\(n := (\w)\)/, "$1")}`]),
        ...(random.chance(0.7) ? [`${inner}()`] : []),
      ],
      () => [`def ${inner}():`, indent([`return ${name} + "!"`]), ...this.#simple(), `os.system("run " + ${inner}())`],
      () => [`def ${inner}(v=${name}):`, indent([`return v`]), ...this.#simple(), `os.system("run " + ${inner}())`],
    ];
    const interrupted = [
      () => [
        "try:",
        indent([...this.#block(), ...this.#raise(), ...this.#block()]),
        "except ValueError:",
        indent(this.#block()),
        ...(random.chance(0.4) ? ["else:", indent(this.#block())] : []),
        ...(random.chance(0.4) ? ["finally:", indent(this.#block())] : []),
      ],
      () => ["with contextlib.suppress(ValueError):", indent([...this.#block(), ...this.#raise(), ...this.#simple()])],
    ];
    return random.pick(this.#isExact ? certain : [...certain, ...interrupted, ...interrupted])();
  }

  #raise(): string[] {
    return this.#random.pick([
      ['if request.method == "POST":', indent(["raise ValueError"])],
      ["raise ValueError"],
      [],
    ]);
  }

  #loop(): string[] {
    const random = this.#random;
    const lines = this.#simple();
    if (random.chance(0.5))
      lines.push(`if random.random() < 0.5:`, indent([...this.#simple(), random.pick(["break", "continue"])]));
    lines.push(...this.#simple());
    if (random.chance(0.3)) lines.push(this.#sink());
    return lines;
  }
}

function indent(lines: readonly string[]): string {
  return lines
    .map((line) =>
      line
        .split("\n")
        .map((one) => `    ${one}`)
        .join("\n"),
    )
    .join("\n");
}
