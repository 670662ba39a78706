import { Field, Kind } from "../../python/kinds.ts";
import { childByField, childrenByField, firstNamedChild, NONE, namedChildren, textOf } from "../../python/walk.ts";
import { callFunction } from "../calls/call-function.ts";
import { type ClassInfo, type FunctionCallable, inLineage, type ProjectCallable } from "../calls/callables.ts";
import { instanceOf } from "../calls/instances.ts";
import { writeDescriptor } from "../expressions/descriptors.ts";
import { evaluate, nameType } from "../expressions/evaluate.ts";
import { placesOf } from "../expressions/evaluate-subscript.ts";
import { readOfFunction, storeOnFunction } from "../expressions/function-attributes.ts";
import { applyBinary } from "../expressions/operators.ts";
import { callSpecial } from "../expressions/special-methods.ts";
import { applyInPlace } from "../expressions/special-operators.ts";
import { rememberCondition, rememberParts } from "../guards/conditions.ts";
import { withCheck } from "../guards/kept-checks.ts";
import { assignShared, itemMember } from "../guards/shared-proofs.ts";
import { namesContentType, noteContentType } from "../library/content-types.ts";
import { memberPaths } from "../library/library.ts";
import { unpacked } from "../library/sequences.ts";
import type { Machine } from "../machine/machine.ts";
import { snapshot } from "../machine/recorder.ts";
import { checkAssignedSinks } from "../machine/sinks.ts";
import { carry, through } from "../values/carry.ts";
import { keyOfConstant, keyOfValue } from "../values/container-key.ts";
import { storeUnder } from "../values/lay-over.ts";
import { labelledByName } from "../values/name-labels.ts";
import { frameOf, keyOf, noteGiven, writeName, writeNarrowed } from "../values/names.ts";
import { itemsOf } from "../values/own-items.ts";
import { joinShapes, lengthOf, mapShape, type Shape, withEntry, withRest } from "../values/shape.ts";
import { constantValue, join, pathValue, UNKNOWN, type Value } from "../values/value.ts";
import { assignSlice } from "./assign-slice.ts";
import { displayNodes } from "./display-nodes.ts";
import { noteItem } from "./note-item.ts";

export function executeAssignment(machine: Machine, node: number): void {
  const { syntax } = machine;
  const left = childByField(syntax, node, Field.left);
  const right = childByField(syntax, node, Field.right);
  const type = childByField(syntax, node, Field.type);
  const annotation = type === NONE ? NONE : firstNamedChild(syntax, type);
  const annotated = annotation === NONE ? undefined : nameType(machine, annotation);
  if (syntax.kind[node] === Kind.augmented_assignment) {
    const operator = textOf(syntax, childByField(syntax, node, Field.operator)).slice(0, -1);
    const before = evaluate(machine, left);
    const operand = evaluate(machine, right);
    const value =
      applyInPlace(machine, node, operator, before, operand) ?? applyBinary(machine, node, operator, before, operand);
    assignTo(machine, left, value, node, right);
    return;
  }
  if (right === NONE) {
    const isTyped = annotated !== undefined && annotated.paths.length > 0;
    if (isTyped && syntax.kind[left] === Kind.identifier && !isBound(machine, textOf(syntax, left))) {
      writeName(
        machine,
        textOf(syntax, left),
        pathValue(annotated.paths.map((path) => machine.models.canonical(`${path}()`))),
      );
    }
    return;
  }
  const isChain = syntax.kind[right] === Kind.assignment;
  if (isChain) executeAssignment(machine, right);
  const valueNode = isChain ? lastOfChain(machine, right) : right;
  const value = isChain ? (machine.recorder.valueOf(valueNode) ?? UNKNOWN) : evaluate(machine, right);
  rememberCondition(machine, left, valueNode, value);
  const isUntyped =
    value.paths.every((path) => machine.models.isHeld(path)) &&
    value.constants === undefined &&
    value.refs.length === 0;
  const typed =
    annotated !== undefined &&
    annotated.paths.length + annotated.callables.length > 0 &&
    isUntyped &&
    value.callables.length === 0;
  const isAttribute = syntax.kind[left] === Kind.attribute;
  const given = typed ? typedValue(machine, value, annotated, isAttribute) : withCheck(machine, left, valueNode, value);
  assignTo(machine, left, given, node, valueNode);
  rememberParts(machine, left, valueNode);
}

/** A value of which nothing is known but its annotation; no module is read for that of a variable. */
function typedValue(machine: Machine, value: Value, type: Value, isAttribute: boolean): Value {
  const paths = type.paths.map((path) => machine.models.canonical(`${path}()`));
  const isOwn = type.callables.every((callable) => callable.kind === "class");
  const instance = type.callables.length > 0 && (isAttribute || isOwn) ? instanceOf(machine, type) : undefined;
  return { ...value, paths, refs: instance?.refs ?? value.refs };
}

/** Whether a variable has a value: an annotation alone changes none. */
function isBound(machine: Machine, name: string): boolean {
  const frame = frameOf(machine, name);
  return frame !== undefined && machine.state.get(keyOf(frame, name)) !== undefined;
}

function lastOfChain(machine: Machine, node: number): number {
  const { syntax } = machine;
  const right = childByField(syntax, node, Field.right);
  return right !== NONE && syntax.kind[right] === Kind.assignment ? lastOfChain(machine, right) : right;
}

/** Binds a target to a value: names, attributes, items, and unpacking into several of them. */
export function assignTo(machine: Machine, target: number, value: Value, node: number, valueNode: number): void {
  const { syntax } = machine;
  switch (syntax.kind[target]) {
    case Kind.identifier: {
      const name = textOf(syntax, target);
      const isModuleLevel = machine.frame.enclosing === undefined && machine.frame.function === undefined;
      record(machine, target, value, node, valueNode, name, isModuleLevel ? [name] : []);
      const assigned = through(machine, node, "assign", () => `assigned to \`${name}\``, value);
      writeName(machine, name, machine.frame.isClassBody ? assigned : labelledByName(machine, target, name, assigned));
      return;
    }
    case Kind.attribute: {
      const object = evaluate(machine, childByField(syntax, target, Field.object));
      const name = textOf(syntax, childByField(syntax, target, Field.attribute));
      const paths = memberPaths(machine, object.paths, `.${name}`);
      record(machine, target, value, node, valueNode, textOf(syntax, target), paths);
      checkAssignedSinks(machine, node, paths, valueNode, value);
      noteContentType(machine, target, value);
      const text = textOf(syntax, target);
      const assigned = through(machine, node, "assign", () => `assigned to \`${text}\``, value);
      assignMember(machine, node, object, name, assigned);
      assignShared(machine, object, `.${name}`, assigned);
      // Of an object that nothing is known of, the expression has the value that it was given.
      if (object.refs.length + object.callables.length === 0) {
        writeNarrowed(machine, text, assigned);
        noteGiven(machine, text, assigned);
      }
      return;
    }
    case Kind.subscript:
      assignItem(machine, target, value, node, valueNode);
      return;
    case Kind.tuple_pattern:
    case Kind.list_pattern:
    case Kind.pattern_list:
    case Kind.tuple:
    case Kind.list:
    case Kind.expression_list:
      unpack(machine, namedChildren(syntax, target), value, node, valueNode);
      return;
    case Kind.list_splat_pattern:
    case Kind.list_splat:
    case Kind.parenthesized_expression:
    case Kind.as_pattern_target: {
      const inner = firstNamedChild(syntax, target);
      if (inner !== NONE) assignTo(machine, inner, value, node, valueNode);
    }
  }
}

function record(
  machine: Machine,
  target: number,
  value: Value,
  node: number,
  valueNode: number,
  name: string,
  paths: readonly string[],
): void {
  // Of another file only its flows are asked for: whether they end in a page is said by the type of the answer.
  if (machine.unit.index !== 0 && !namesContentType(name)) return;
  machine.recorder.assignment({ node, target, value: valueNode, name, paths, snapshot: snapshot(machine, value) });
}

/** `object.name = value`: on an object of this project the attribute is followed. */
export function assignMember(machine: Machine, node: number, object: Value, name: string, value: Value): void {
  const isOnly = object.refs.length === 1;
  for (const ref of object.refs) {
    const shape = machine.shape(ref);
    if (shape === undefined || shape.kind !== "object") continue;
    const setter = setterOf(shape.of as ClassInfo | undefined, name);
    if (setter !== undefined) {
      const self: Value = { ...object, refs: [ref] };
      callFunction(machine, node, setter, { self, positional: [value], keywords: new Map(), others: [] });
      continue;
    }
    const info = shape.of as ClassInfo | undefined;
    const isSet =
      info !== undefined &&
      callSpecial(machine, node, { ...object, refs: [ref] }, "__setattr__", [constantValue(name), value]) !== undefined;
    if (!isSet && !writeDescriptor(machine, node, { ...object, refs: [ref] }, info, name, value))
      setMember(machine, ref, name, value, isOnly);
  }
  for (const callable of object.callables) {
    if (callable.kind !== "class") {
      if (value.labels !== 0 || (readOfFunction(callable as ProjectCallable, name)?.labels ?? 0) !== 0)
        machine.outside++;
      storeOnFunction(callable, name, value);
      machine.writes++;
      machine.classWrites++;
      continue;
    }
    const { attributes } = callable as ClassInfo;
    if (value.labels !== 0 || (attributes.get(name)?.labels ?? 0) !== 0) machine.outside++;
    machine.writes++;
    machine.classWrites++;
    attributes.set(name, value);
  }
}

/** The attribute itself, whatever the class says of its attributes. */
export function setMember(machine: Machine, ref: number, name: string, value: Value, isOnly: boolean): void {
  const shape = machine.shape(ref);
  if (shape?.kind !== "object") return;
  const changed = withEntry(shape, name, value);
  machine.write(ref, isOnly ? changed : joinShapes(shape, changed));
}

function setterOf(info: ClassInfo | undefined, name: string): FunctionCallable | undefined {
  return info?.setters === undefined ? undefined : inLineage(info, (of) => of.setters.get(name));
}

function assignItem(machine: Machine, target: number, value: Value, node: number, valueNode: number): void {
  const { syntax } = machine;
  const receiver = evaluate(machine, childByField(syntax, target, Field.value));
  const [index = NONE, ...more] = childrenByField(syntax, target, Field.subscript);
  if (index !== NONE && more.length === 0 && syntax.kind[index] === Kind.slice) {
    assignSlice(machine, receiver, index, value);
    return;
  }
  const first = index === NONE ? UNKNOWN : evaluate(machine, index);
  const key = more.length === 0 ? first : placesOf(machine, [first, ...more.map((other) => evaluate(machine, other))]);
  const constant = keyOfConstant(key);
  const paths = memberPaths(machine, receiver.paths, constant === undefined ? "[]" : `[${constant}]`);
  record(machine, target, value, node, valueNode, textOf(syntax, target), paths);
  const general = memberPaths(machine, receiver.paths, "[]");
  // Under a name that comes from outside, even a constant is the sender's choice.
  const name = constant ?? (index === NONE ? undefined : textOf(syntax, index));
  checkAssignedSinks(machine, node, [...new Set([...paths, ...general])], valueNode, carry(value, [key]), name);
  noteContentType(machine, target, value);
  const isSet = callSpecial(machine, node, receiver, "__setitem__", [key, value]) !== undefined;
  if (typeof constant === "string" && receiver.paths.includes("globals()"))
    machine.state.set(keyOf(machine.unit.frame, constant), value);
  if (typeof constant === "string") storeInNamespace(machine, target, constant, value);
  // A class of the project that sets its items itself hands them on to that of the library.
  if (!isSet) storeItem(machine, receiver, key, value);
  noteItem(machine, target, receiver, constant, value);
  if (constant !== undefined) assignShared(machine, receiver, itemMember(constant), value);
}

/** `object.__dict__["name"] = value` sets the attribute, whatever its class says of it. */
function storeInNamespace(machine: Machine, target: number, name: string, value: Value): void {
  const { syntax } = machine;
  const namespace = childByField(syntax, target, Field.value);
  if (syntax.kind[namespace] !== Kind.attribute) return;
  if (textOf(syntax, childByField(syntax, namespace, Field.attribute)) !== "__dict__") return;
  const { refs } = evaluate(machine, childByField(syntax, namespace, Field.object));
  for (const ref of refs) setMember(machine, ref, name, value, refs.length === 1);
}

/** `receiver[key] = value`. */
export function storeItem(machine: Machine, receiver: Value, key: Value, value: Value): void {
  const constant = keyOfValue(machine, key);
  const isOnly = receiver.refs.length === 1;
  for (const ref of receiver.refs) {
    const shape = machine.shape(ref);
    if (shape === undefined) continue;
    const items = itemsOf(shape);
    if (items !== undefined) storeItem(machine, items, key, value);
    if (shape.kind === "object") continue;
    const position =
      typeof constant === "number" && constant < 0 && shape.kind !== "dict"
        ? (lengthOf(shape) ?? 0) + constant
        : constant;
    const isExact = position !== undefined && (shape.kind === "dict" || shape.entries.has(position));
    const changed = isExact
      ? withEntry(shape, position, value)
      : shape.kind === "dict" && constant === undefined
        ? storeUnder(machine, shape, key, value)
        : withAnyPlace(shape, value);
    machine.write(ref, isOnly ? changed : joinShapes(shape, changed));
  }
}

/** What is stored at a place that is not known may be at any. */
function withAnyPlace(shape: Shape, value: Value): Shape {
  return withRest(
    mapShape(shape, (element) => join(element, value)),
    value,
  );
}

function unpack(machine: Machine, targets: readonly number[], value: Value, node: number, valueNode: number): void {
  const star = targets.findIndex((target) => isStarred(machine, target));
  const parts = unpacked(machine, node, value, targets.length, star);
  const valueNodes = displayNodes(machine, valueNode, targets.length, star);
  targets.forEach((target, position) => {
    const place = position === star ? firstNamedChild(machine.syntax, target) : target;
    if (place !== NONE) assignTo(machine, place, parts[position], node, valueNodes?.[position] ?? valueNode);
  });
}

function isStarred(machine: Machine, target: number): boolean {
  const kind = machine.syntax.kind[target];
  return kind === Kind.list_splat_pattern || kind === Kind.list_splat;
}
