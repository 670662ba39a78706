import { Field } from "../../python/kinds.ts";
import { childByField } from "../../python/walk.ts";
import { findArgument } from "../expressions/arguments.ts";
import type { Call } from "../expressions/evaluate-call.ts";
import type { Machine } from "../machine/machine.ts";
import { assignTo } from "../statements/execute-assignment.ts";
import { NONE_VALUE, pathValue, type Value } from "../values/value.ts";

/** Features of `xml.sax` that make a parser read other files and addresses. */
const EXTERNAL = /external[-_](?:ges|pes|general-entities|parameter-entities)/;

/**
 * `lxml.etree.XMLParser(…)`: whether entities are resolved is decided by a keyword of the constructor, so parsers that do and
 * parsers that do not are different classes to the models.
 */
export function lxmlParser(_machine: Machine, { args }: Call): Value | undefined {
  const resolves = findArgument(args, undefined, ["resolve_entities"])?.value.constants;
  const network = findArgument(args, undefined, ["no_network"])?.value.constants;
  if (resolves?.length === 1 && resolves[0] === false) return pathValue(["lxml.etree.ClosedXMLParser()"]);
  const isOpen = (resolves?.length === 1 && resolves[0] === true) || (network?.length === 1 && network[0] === false);
  return pathValue([isOpen ? "lxml.etree.OpenXMLParser()" : "lxml.etree.XMLParser()"]);
}

/** `parser.setFeature(feature_external_ges, True)` changes what the parser is from here on. */
export function setFeature(machine: Machine, { node, args, receiver }: Call): Value | undefined {
  const [feature, setting] = args.positional;
  if (feature === undefined || setting === undefined || receiver === undefined) return undefined;
  const names = [...feature.value.paths, ...(feature.value.constants ?? []).map(String)];
  if (!names.some((name) => EXTERNAL.test(name))) return NONE_VALUE;
  const truthy = setting.value.constants?.every((constant) => constant !== false && constant !== 0);
  if (truthy === undefined) return NONE_VALUE;
  const target = childByField(machine.syntax, childByField(machine.syntax, node, Field.function), Field.object);
  const parser = pathValue([truthy ? "xml.sax.OpenParser()" : "xml.sax.make_parser()"]);
  if (target >= 0) assignTo(machine, target, parser, node, target);
  return NONE_VALUE;
}
