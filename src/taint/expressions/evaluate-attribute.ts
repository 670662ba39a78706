import { Field } from "../../python/kinds.ts";
import { childByField, textOf } from "../../python/walk.ts";
import { ownEntry } from "../../text/own-entry.ts";
import { callFunction } from "../calls/call-function.ts";
import {
  type ClassInfo,
  type FunctionCallable,
  inLineage,
  type ProjectCallable,
  type SuperCallable,
} from "../calls/callables.ts";
import { memberOfBases } from "../calls/constructors.ts";
import { asFound } from "../calls/found.ts";
import { methodOrder } from "../calls/method-order.ts";
import { isHost } from "../guards/guard-places.ts";
import { readShared } from "../guards/shared-proofs.ts";
import { asFilled, checkedData, checkedFields } from "../library/checked-fields.ts";
import { classByName } from "../library/class-by-name.ts";
import { isEnum, memberObject, membersByName, memberValue } from "../library/enum-members.ts";
import { memberPaths, readPaths } from "../library/library.ts";
import { namespaceOf } from "../library/record-values.ts";
import { isAddressedElsewhere } from "../machine/addresses-of-entry.ts";
import { moduleMember, resolveImports } from "../machine/import-module.ts";
import type { Machine } from "../machine/machine.ts";
import { carry } from "../values/carry.ts";
import { labelledByName } from "../values/name-labels.ts";
import { orGiven, readNarrowed } from "../values/names.ts";
import { holdsItems, itemsOf } from "../values/own-items.ts";
import { callableValue, constantValue, join, pathValue, UNKNOWN, type Value, withCleared } from "../values/value.ts";
import { classAttribute } from "./class-attribute.ts";
import { readDescriptor } from "./descriptors.ts";
import { evaluate } from "./evaluate.ts";
import { readOfFunction } from "./function-attributes.ts";
import { callSpecial } from "./special-methods.ts";

export function evaluateAttribute(machine: Machine, node: number): Value {
  const receiver = evaluate(machine, childByField(machine.syntax, node, Field.object));
  return methodOf(machine, node, receiver) ?? attributeOf(machine, node, receiver);
}

/** `add = names.append`: a method of a container under a name, or handed to somebody who calls it. */
function methodOf(machine: Machine, node: number, receiver: Value): Value | undefined {
  const kind = receiver.paths.length > 0 ? undefined : machine.onlyShape(receiver)?.kind;
  if (kind === undefined || kind === "object") return undefined;
  const name = textOf(machine.syntax, childByField(machine.syntax, node, Field.attribute));
  return callableValue({ kind: "builtin-method", receiver, name } as ProjectCallable);
}

/** `receiver.name`, where the receiver has been evaluated. */
export function attributeOf(machine: Machine, node: number, receiver: Value): Value {
  const { syntax } = machine;
  const name = textOf(syntax, childByField(syntax, node, Field.attribute));
  const text = textOf(syntax, node);
  const narrowed = readNarrowed(machine, text) ?? readShared(machine, receiver, `.${name}`);
  if (narrowed !== undefined) return narrowed;
  const member = readMember(machine, node, receiver, name, text);
  return orGiven(machine, text, name === "data" ? checkedData(machine, node, member) : member);
}

/** A member of a value by name; `text` is how it is written, for the trace. */
export function readMember(machine: Machine, node: number, of: Value, name: string, text: string): Value {
  const receiver = asFound(of);
  const checked = checkedFields(machine, node, receiver, name);
  if (checked !== undefined) return checked;
  const ofMember = memberValue(receiver, name);
  if (ofMember !== undefined) return ofMember;
  if (name === "__dict__" && receiver.callables.length === 0)
    return {
      ...(namespaceOf(machine, receiver) ?? carry({ ...UNKNOWN, constancy: "dynamic" }, [receiver])),
      paths: ["object.__dict__"],
    };
  let value: Value | undefined;
  for (const ref of receiver.refs) {
    const shape = machine.shape(ref);
    if (shape === undefined || shape.kind !== "object") continue;
    const info = shape.of as ClassInfo | undefined;
    const self: Value = { ...receiver, refs: [ref] };
    const own =
      (info && callSpecial(machine, node, self, "__getattribute__", [constantValue(name)])) ??
      (name === "data" ? wrappedItems(machine, self) : undefined) ??
      (info && readDescriptor(machine, node, self, info, name)) ??
      shape.entries.get(name) ??
      inherited(machine, node, info, name, receiver, ref);
    const found = own ?? shape.rest;
    if (found !== undefined) value = value === undefined ? found : join(value, found);
  }
  for (const callable of receiver.callables as readonly ProjectCallable[]) {
    const found =
      name === "__members__" && callable.kind === "class"
        ? membersByName(machine, callable)
        : memberOfCallable(machine, callable, name);
    if (found !== undefined) value = value === undefined ? found : join(value, found);
  }
  const holder = asFilled(machine, receiver, name);
  if (value !== undefined) return isGivenTo(machine, receiver, name) ? value : carry(value, [holder]);

  const paths = memberPaths(machine, [...receiver.paths, ...classByName(machine, node, receiver)], `.${name}`);
  const whole = labelledByName(machine, node, name, readPaths(machine, node, paths, text, [holder]));
  const read = withCleared(whole, machine.models.sanitizesMember(name, text.slice(0, -name.length - 1)));
  if (read.labels === 0 && paths.length === 0 && receiver.constancy === "dynamic")
    return { ...read, constancy: "dynamic" };
  // A method of a pattern that is handed to somebody who calls it: `map(PATTERN.match, words)`.
  if (receiver.prefix !== undefined && receiver.paths[0] === "re.Pattern()")
    return { ...read, prefix: receiver.prefix };
  return (receiver.text && receiver.labels !== 0) || isHost(read) ? { ...read, text: true } : read;
}

/** `self.data` of what is built on `UserDict` or `UserList`: its items. */
function wrappedItems(machine: Machine, { refs, paths }: Value): Value | undefined {
  const shape = machine.shape(refs[0]);
  return shape !== undefined && paths.some((path) => /^collections\.User(?:Dict|List)\(\)$/.test(path))
    ? itemsOf(shape)
    : undefined;
}

/** An exception that was caught says as text what it was made of; its attributes hold each what they were given. */
function isGivenTo(machine: Machine, { labels, refs }: Value, name: string): boolean {
  if (refs.length === 0 || (labels & machine.models.labels.bit("exception")) === 0) return false;
  return refs.every((ref) => machine.shape(ref)?.entries.has(name) === true);
}

/** Methods of a framework that make an object of the class which an attribute names. */
const MADE_BY: Readonly<Record<string, string>> = { get_serializer: "serializer_class" };

const OF_CONTAINERS =
  /^(?:__\w+__|add|append|appendleft|clear|copy|count|data|discard|extend|fromkeys|get|index|insert|items|keys|pop|popitem|popleft|put|remove|reverse|setdefault|sort|update|values)$/;

function inherited(
  machine: Machine,
  node: number,
  info: ClassInfo | undefined,
  name: string,
  receiver: Value,
  ref: number,
): Value | undefined {
  if (info === undefined) return undefined;
  const found = classAttribute(machine, info, name) ?? classAttribute(machine, info, ownEntry(MADE_BY, name) ?? name);
  if (found === undefined) {
    const self: Value = { ...receiver, refs: [ref] };
    // Of a container of the project's own, nothing but its methods is found before its class is asked.
    const isAsked = holdsItems(info.basePaths) && !OF_CONTAINERS.test(name);
    const answer = isAsked ? callSpecial(machine, node, self, "__getattr__", [constantValue(name)]) : undefined;
    return (
      answer ??
      frameworkAttribute(machine, node, info, name) ??
      callSpecial(machine, node, self, "__getattr__", [constantValue(name)])
    );
  }
  return bindMethods(machine, node, found, { ...receiver, refs: [ref] }, info);
}

/** Functions of a class become methods of the object; a property is read by calling it. */
function bindMethods(machine: Machine, node: number, value: Value, self: Value, info: ClassInfo): Value {
  if (value.callables.length === 0) return value;
  let result: Value | undefined;
  for (const callable of value.callables as readonly ProjectCallable[]) {
    let one: Value;
    if (callable.kind === "partial" && callable.isMethod === true)
      one = callableValue({ ...callable, positional: [self, ...callable.positional] } as ProjectCallable);
    else if (callable.kind !== "function" || callable.info.role === "static") one = callableValue(callable);
    else if (callable.info.role === "property") {
      one = callFunction(machine, node, callable, { self, positional: [], keywords: new Map(), others: [] });
    } else one = bound(callable, callable.info.role === "class" ? callableValue(info) : self);
    result = result === undefined ? one : join(result, one);
  }
  return result ?? value;
}

function bound(target: FunctionCallable, self: Value): Value {
  return callableValue({ kind: "bound", target, self } as ProjectCallable);
}

/** What a framework sets on `self`: `self.request` of a view class. */
function frameworkAttribute(machine: Machine, node: number, info: ClassInfo, name: string): Value | undefined {
  const entry = inLineage(info, (of) => of.entry);
  const set = ownEntry(entry?.self, name);
  if (set !== undefined) {
    if (!set.startsWith("label:")) return pathValue([`${set}()`]);
    const label = set.slice("label:".length);
    const bit = machine.models.labels.bit(label);
    const origin = machine.source(node, `\`self.${name}\` is read from the request`, `self.${name}`, bit);
    // The names of what an address holds are those of its parts.
    const isNamed = name === "kwargs" && entry !== undefined && isAddressedElsewhere(entry);
    return { ...UNKNOWN, labels: bit, origin, cleared: isNamed ? machine.models.kindMask(["mass-assign"]) : 0 };
  }
  const bases: string[] = [];
  inLineage(info, (of) => {
    bases.push(...of.basePaths);
    return undefined;
  });
  if (bases.length === 0) return undefined;
  return readPaths(machine, node, memberPaths(machine, bases, `.${name}`), `self.${name}`, []);
}

/** What a class has from a library, where calling it means something, `Page.objects(…)`, or where it is known what it is: `Page.query`. */
function calledOfBase(machine: Machine, { basePaths }: ClassInfo, name: string): Value | undefined {
  const bases = basePaths.flatMap((path) => [path, path.replace(/\(\)$/, "")]);
  const isKnown = (path: string) => machine.models.sinks(path).length > 0 || path.endsWith("()");
  const paths = memberPaths(machine, bases, `.${name}`).filter(isKnown);
  return paths.length === 0 ? undefined : pathValue(paths);
}

/** The classes that `super()` asks, in order: those behind its own in the order of the class that the object is of. */
function behind(machine: Machine, { owner, self }: SuperCallable): readonly ClassInfo[] {
  const shape = machine.onlyShape(self);
  const [named] = self.callables as readonly ProjectCallable[];
  const info = named?.kind === "class" ? named : (shape?.of as ClassInfo | undefined);
  const order = methodOrder(info ?? owner);
  const place = order.indexOf(owner);
  return place === -1 ? methodOrder(owner).slice(1) : order.slice(place + 1);
}

/** What a function or class says of itself: `handler.__name__`. */
function describedBy(own: string, name: string): Value | undefined {
  if (name === "__name__") return constantValue(own);
  const isText = name === "__qualname__" || name === "__doc__" || name === "__module__";
  return isText ? { ...UNKNOWN, constancy: "constant", text: true } : undefined;
}

/** `super().__setattr__`, and of an object that is a container of a library its own methods: `super().__setitem__`. */
function memberOfObject(machine: Machine, self: Value, name: string): Value | undefined {
  if (name === "__setattr__" || name === "__getattribute__") {
    const partial = { kind: "partial", target: pathValue([`object.${name}`]), positional: [self], keywords: new Map() };
    return callableValue(partial as ProjectCallable);
  }
  const shape = machine.onlyShape(self);
  const items = shape === undefined ? undefined : itemsOf(shape);
  return items === undefined || name === "__init__"
    ? undefined
    : callableValue({ kind: "builtin-method", receiver: items, name } as ProjectCallable);
}

function memberOfCallable(machine: Machine, callable: ProjectCallable, name: string): Value | undefined {
  switch (callable.kind) {
    case "class": {
      const found = classAttribute(machine, callable, name);
      if (found === undefined) return calledOfBase(machine, callable, name) ?? describedBy(callable.name, name);
      const [method] = found.callables as readonly ProjectCallable[];
      if (method === undefined && isEnum(callable)) return memberObject(machine, callable, name, found);
      return method?.kind === "function" && method.info.role === "class"
        ? bound(method, callableValue(callable))
        : found;
    }
    case "super": {
      for (const next of behind(machine, callable)) {
        const own = next.attributes.get(name);
        const found = own === undefined ? undefined : resolveImports(machine, own);
        const [method] = (found?.callables ?? []) as readonly ProjectCallable[];
        if (method?.kind === "function") return bound(method, callable.self);
        if (found !== undefined) return found;
      }
      const inherent = memberOfObject(machine, callable.self, name);
      if (inherent !== undefined) return inherent;
      const paths = memberOfBases(machine, callable.owner, name);
      return paths.length === 0 ? undefined : pathValue(paths);
    }
    case "module":
      return moduleMember(machine, callable, name);
    case "function":
      return readOfFunction(callable, name) ?? describedBy(callable.info.name, name);
    case "bound":
      return readOfFunction(callable, name) ?? describedBy(callable.target.info.name, name);
    default:
      return undefined;
  }
}
