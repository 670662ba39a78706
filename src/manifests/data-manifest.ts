import { createLineIndex } from "../text/line-index.ts";
import type { DataResult } from "./data-tree.ts";
import type { ManifestComment, ManifestFacts, ManifestFormat } from "./manifest.ts";
import type { Section } from "./section.ts";

/** A file that is nested tables: `read` adds what they declare to the section. */
export function readDataManifest(
  file: { readonly path: string; readonly text: string; readonly format: ManifestFormat },
  data: DataResult,
  read: (section: Section) => void,
): ManifestFacts {
  if (data.kind === "broken") return { ...file, entries: [], comments: [], problems: [data.problem] };
  const { spanOf } = createLineIndex(file.text);
  const section: Section = { root: data.root, entries: [], problems: [], spanOf };
  read(section);
  const entries = section.entries.toSorted((a, b) => a.span.start.offset - b.span.start.offset);
  const comments = data.comments.map(([start, end]): ManifestComment => {
    const span = spanOf(start, end);
    return { span, joinedFrom: span.start.line };
  });
  return { ...file, entries, comments, problems: section.problems };
}
