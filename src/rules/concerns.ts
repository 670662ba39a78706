import type { Detector } from "./detector.ts";
import type { Match } from "./rule.ts";

/** Whether the text of a module can hold what a pattern looks for; true where the text alone cannot tell. */
export function concernsOf(match: Match, detectors: ReadonlyMap<string, Detector>): (text: string) => boolean {
  switch (match.kind) {
    case "detector": {
      const detector = detectors.get(match.name);
      return detector?.kind === "module" ? (detector.concerns ?? always) : never;
    }
    case "manifest":
      return never;
    case "any": {
      const parts = match.of.map((part) => concernsOf(part, detectors));
      return (text) => parts.some((concerns) => concerns(text));
    }
    case "all": {
      const parts = match.of.map((part) => concernsOf(part, detectors));
      return (text) => parts.every((concerns) => concerns(text));
    }
    case "call":
    case "taint":
    case "import":
    case "reference":
    case "assignment":
    case "definition":
      return always;
  }
}

function always(): boolean {
  return true;
}

function never(): boolean {
  return false;
}
