import {
  isOwnFileName,
  LARGEST_OWN_FILE,
  MOST_OWN_FILES,
  OWN_FOLDERS,
  type OwnFile,
  type OwnKind,
} from "../config/own-files.ts";
import type { FileRequest, FileText } from "./ports.ts";

const KINDS: readonly OwnKind[] = ["rules", "models"];

/** Asks which rules and models of its own a repository has; most have none. */
export function ownFolders(revision: string): readonly FileRequest[] {
  return KINDS.map((kind) => ({ path: OWN_FOLDERS[kind], revision, isFolder: true }));
}

/** Their texts, in one more read where there are some; the listings are what came of `ownFolders`. */
export async function readOwnFiles(
  read: (files: readonly FileRequest[]) => Promise<readonly FileText[]>,
  revision: string,
  listings: readonly (FileText | undefined)[],
): Promise<readonly OwnFile[]> {
  const found = KINDS.flatMap((kind, index) => filesIn(kind, listings[index]));
  const wanted = found.filter(({ bytes }) => bytes <= MOST_BYTES);
  if (wanted.length === 0) return found.map(({ kind, name }) => ({ kind, name, text: undefined }));
  const texts = await read(wanted.map(({ kind, name }) => ({ path: `${OWN_FOLDERS[kind]}/${name}`, revision })));
  const byFile = new Map(wanted.map((file, index) => [file, texts[index]]));
  return found.map((file) => {
    const text = byFile.get(file);
    return { kind: file.kind, name: file.name, text: text?.kind === "text" ? text.text : undefined };
  });
}

/** A character has at most four bytes. */
const MOST_BYTES = LARGEST_OWN_FILE * 4;

interface Listed {
  readonly kind: OwnKind;
  readonly name: string;
  readonly bytes: number;
}

/** One more than is read, so that who reads them sees that there are too many. */
function filesIn(kind: OwnKind, listing: FileText | undefined): readonly Listed[] {
  if (listing?.kind !== "folder") return [];
  const named = listing.files.filter(({ name }) => isOwnFileName(name));
  return named.slice(0, MOST_OWN_FILES + 1).map(({ name, bytes }) => ({ kind, name, bytes }));
}
