import type { ModuleFacts } from "../../taint/facts.ts";
import type { Hit } from "../match.ts";

/**
 * The text of a replacement: `{name}` stands for a field of the match, `{path:ssl.TLSVersion}` for the way in which the module
 * can write the API path. Undefined where the match has no such field, or the module imports nothing that leads there.
 */
export function fillTemplate(facts: ModuleFacts, template: string, fields: Hit["fields"]): string | undefined {
  let isComplete = true;
  const text = template.replace(/\{(path:)?([\w.]+)\}/g, (_, isPath: string | undefined, name: string) => {
    const found = isPath === undefined ? fields[name] : writtenPath(facts, name);
    isComplete &&= found !== undefined;
    return found ?? "";
  });
  return isComplete ? text : undefined;
}

/** By the module's own imports at its top level: `ssl.TLSVersion` after `import ssl`, `TLSVersion` after `from ssl import TLSVersion`. */
function writtenPath({ imports, scopeOf }: ModuleFacts, path: string): string | undefined {
  for (const { node, module, member, alias } of imports) {
    if (member === "*" || scopeOf(node) !== "") continue;
    const named = member === undefined ? module : `${module}.${member}`;
    if (path !== named && !path.startsWith(`${named}.`)) continue;
    // `import xml.sax` binds `xml`, and the whole name leads to the module.
    const isWhole = member === undefined && named.startsWith(`${alias}.`);
    return isWhole ? path : alias + path.slice(named.length);
  }
  return undefined;
}
