import { Kind } from "../../python/kinds.ts";
import type { Detection, ModuleDetector } from "../../rules/detector.ts";
import type { ModuleFacts } from "../../taint/facts.ts";
import { literalText } from "../shared/literal.ts";
import { nameWords } from "../shared/name-words.ts";
import { namedValues } from "../shared/named-values.ts";

const FOLDER_WORDS = new Set(["folder", "dir", "directory", "path", "dest", "destination", "root", "location"]);

/** Folders from which a web server hands out files, or a framework renders them. */
const SERVED = new Set(["static", "public", "templates", "htdocs", "wwwroot", "public_html", "www", "staticfiles"]);

/** Folders for uploads below one that is served. */
export const uploadInWebRoot: ModuleDetector = {
  kind: "module",
  name: "upload-in-web-root",
  triggers: { words: ["upload", "uploads"] },
  prepare: () => detect,
};

function* detect({ syntax }: ModuleFacts): Generator<Detection> {
  for (const { lastName, value, how } of namedValues(syntax)) {
    const words = nameWords(lastName);
    if (how === "compared" || !words.some((word) => word === "upload" || word === "uploads")) continue;
    if (!words.some((word) => FOLDER_WORDS.has(word))) continue;
    for (let node = value; node < syntax.next[value]; node++) {
      const text = syntax.kind[node] === Kind.string ? literalText(syntax, node) : undefined;
      const folder = text?.includes("://") ? undefined : text?.split(/[\\/]/).find((part) => SERVED.has(part));
      if (folder === undefined) continue;
      yield { node: value, fields: { name: lastName, folder } };
      break;
    }
  }
}
