import { Kind } from "../../python/kinds.ts";
import { nodesOfKind } from "../../python/nodes-of-kind.ts";
import { ancestorOfKind, NONE, namedChildren } from "../../python/walk.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { entryOf } from "../shared/entry-of.ts";
import { factIndex } from "../shared/fact-index.ts";

const EVERYWHERE: ReadonlySet<unknown> = new Set(["0.0.0.0/0", "::/0", "*", "0.0.0.0", "Internet", "Any"]);

/** Where a rule of a firewall says from where traffic may come, in the spellings of boto3, Pulumi and the SDK of Azure. */
const ORIGINS = [
  "CidrIp",
  "CidrIpv6",
  "IpRanges",
  "Ipv6Ranges",
  "cidr_blocks",
  "ipv6_cidr_blocks",
  "cidr_ipv4",
  "cidr_ipv6",
].concat(["cidrBlocks", "ipv6CidrBlocks", "source_ranges", "source_address_prefix", "source_address_prefixes"]);

/** Where it says for which ports. */
const PORTS = [
  "FromPort",
  "from_port",
  "fromPort",
  "destination_port_range",
  "destination_port_ranges",
  "ports",
  "allows",
  "allow",
];

/** What is meant to be reached from everywhere. */
const PUBLIC_PORTS: ReadonlySet<string> = new Set(["80", "443", "8080", "8443"]);

const OPENS = /(?:authorize_(?:security_group_)?ingress|update_security_group_rule_descriptions_ingress)$/;
const DESCRIBES =
  /(?:SecurityGroup(?:Rule|IngressRule)?|Firewall|SecurityRule|NetworkSecurityGroup)(?:Ingress|SecurityRule|Allow)?(?:Args)?$/;

/** CDK's ways to say everybody. */
const ANY_PEER = /Peer\.any_ipv[46]\(\)$|Peer\.ipv[46]\(\)$/;
const PORT = /Port\.(tcp|udp)$/;

/** Rules of a firewall in a cloud that let everybody reach a port which is not one of the web. */
export const openIngress: ModuleDetector = {
  kind: "module",
  name: "open-ingress",
  triggers: { names: [...ORIGINS, "add_ingress_rule", "allow_from_any_ipv4"] },
  prepare: () => detect,
};

function* detect(facts: ModuleFacts): Generator<Detection> {
  const { syntax } = facts;
  for (const node of nodesOfKind(syntax, Kind.dictionary)) {
    const around = callAround(facts, node);
    if (around === undefined || !isIngress(around, node)) continue;
    if (lets(facts, (key) => entryOf(syntax, node, key))) yield { node, fields: { callee: around.name } };
  }
  for (const call of facts.calls) {
    const isRule = call.args.length > 0 && (OPENS.test(call.name) || DESCRIBES.test(call.name));
    const argument = (key: string) => call.args.find(({ keyword }) => keyword === key)?.node ?? NONE;
    const opens = isRule && isIngress(call, call.node) && lets(facts, argument);
    if (opens || addsForAll(facts, call)) yield { node: call.node, fields: { callee: call.name } };
  }
}

/** The call that a dictionary is given to, at any depth. */
function callAround(facts: ModuleFacts, node: number): CallFact | undefined {
  const { syntax } = facts;
  const { callAt } = factIndex(facts);
  for (let at = ancestorOfKind(syntax, node, Kind.call); at !== NONE; at = ancestorOfKind(syntax, at, Kind.call)) {
    const call = callAt.get(at);
    if (call !== undefined && (OPENS.test(call.name) || DESCRIBES.test(call.name))) return call;
  }
  return undefined;
}

/** Traffic that comes in: not what stands under `egress`, nor a rule that says so or denies. */
function isIngress(call: CallFact, node: number): boolean {
  const says = (keyword: string, text: RegExp) =>
    call.args.some(
      (argument) =>
        argument.keyword === keyword &&
        argument.value.constants.some((one) => typeof one === "string" && text.test(one)),
    );
  if (says("type", /egress/i) || says("direction", /egress|outbound/i) || says("access", /deny/i)) return false;
  if (call.args.some(({ keyword }) => keyword === "denies" || keyword === "deny")) return false;
  const around = call.args.findLast((argument) => argument.node <= node);
  return around === undefined || !/egress/.test(around.keyword ?? "");
}

function lets(facts: ModuleFacts, part: (key: string) => number): boolean {
  const fromAll = ORIGINS.some((key) => texts(facts, part(key)).some((text) => EVERYWHERE.has(text)));
  const ports = fromAll ? PORTS.flatMap((key) => texts(facts, part(key))) : [];
  return ports.some((port) => !PUBLIC_PORTS.has(port));
}

/** `group.add_ingress_rule(Peer.any_ipv4(), Port.tcp(22))` */
function addsForAll(facts: ModuleFacts, { name, args }: CallFact): boolean {
  const isAny = name.endsWith(".allow_from_any_ipv4");
  if (!isAny && !name.endsWith(".add_ingress_rule")) return false;
  const at = (position: number, ...keywords: string[]) =>
    args.find((one) => one.position === position || keywords.includes(one.keyword ?? ""));
  const peer = at(0, "peer");
  const port = isAny ? at(0, "port_range", "port") : at(1, "connection", "port");
  const paths = peer?.value.paths ?? [];
  const { callAt } = factIndex(facts);
  const cidr = (peer === undefined ? undefined : callAt.get(peer.node)?.args[0]?.node) ?? NONE;
  const isEverybody =
    isAny ||
    paths.some(
      (path) =>
        ANY_PEER.test(path) && (path.includes("any_") || texts(facts, cidr).some((text) => EVERYWHERE.has(text))),
    );
  const opened = port === undefined ? undefined : callAt.get(port.node);
  if (!isEverybody || opened === undefined) return false;
  if (/Port\.all_(?:traffic|tcp|udp)$/.test(opened.name)) return true;
  const numbers = texts(facts, opened.args[0]?.node ?? NONE);
  return PORT.test(opened.name) && numbers.length > 0 && numbers.every((number) => !PUBLIC_PORTS.has(number));
}

/** The constants of a value, and those in a list, or in dictionaries of a list but for names of protocols. */
function texts(facts: ModuleFacts, node: number): readonly string[] {
  const { syntax } = facts;
  if (node === NONE) return [];
  switch (syntax.kind[node]) {
    case Kind.list:
    case Kind.tuple:
    case Kind.set:
      return namedChildren(syntax, node).flatMap((element) => texts(facts, element));
    case Kind.dictionary:
      return ["CidrIp", "CidrIpv6", "ports"].flatMap((key) => texts(facts, entryOf(syntax, node, key)));
    case Kind.call:
      return [];
    default:
      return (facts.value(node)?.constants ?? []).map(String);
  }
}
