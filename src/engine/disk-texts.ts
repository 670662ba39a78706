import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { resolve, sep } from "node:path";
import type { DiskProject } from "../analysis/create-analyse.ts";
import type { ModuleTexts } from "../analysis/module-texts.ts";
import { isVersionFile } from "../manifests/version-files.ts";
import { keepLatest } from "../text/keep-latest.ts";

/** A larger module is generated or data. */
const LARGEST_MODULE = 512 * 1024;

/** Lock files of large projects hold the digests of all files of all packages. */
const LARGEST_VERSION_FILE = 8 * 1024 * 1024;

/** Paths of which is remembered whether there is a file. */
const MOST_REMEMBERED = 100_000;

/** UTF-16 code units of the latest texts that are kept: a module is asked for by every file that imports it. */
const MOST_KEPT = 16 * 1024 * 1024;

/**
 * The modules of a project on disk, read when an import leads to them. Nothing outside of the project's folder is read, a link
 * out of it included. That there is no file is remembered: every import is looked up in several folders.
 */
export function createDiskTexts(): (project: DiskProject) => ModuleTexts {
  const projects = new Map<string, ModuleTexts>();
  return ({ root, within }) => {
    const key = `${root}\0${within}`;
    const known = projects.get(key) ?? diskTexts(root, within);
    projects.set(key, known);
    return known;
  };
}

function diskTexts(root: string, within: string): ModuleTexts {
  const inside = realOf(within) + sep;
  const files = new Map<string, boolean>();
  const has = (path: string) => {
    let isThere = files.get(path);
    if (isThere === undefined) {
      isThere = isModule(resolve(root, path), inside);
      if (files.size < MOST_REMEMBERED) files.set(path, isThere);
    }
    return isThere;
  };
  const readPath = (path: string) => {
    if (path.endsWith("/")) return namesIn(resolve(root, path), inside);
    return has(path) ? textOf(resolve(root, path)) : undefined;
  };
  const read = keepLatest(readPath, (text) => text?.length ?? 0, MOST_KEPT);
  return { has, knows: () => true, read };
}

function isModule(file: string, inside: string): boolean {
  const largest = isVersionFile(file) ? LARGEST_VERSION_FILE : LARGEST_MODULE;
  const size = sizeOf(file);
  return size !== undefined && size <= largest && realOf(file).startsWith(inside);
}

/** Bytes; undefined where there is no such file, or nothing may be known of it. */
function sizeOf(file: string): number | undefined {
  try {
    const found = statSync(file, { throwIfNoEntry: false });
    return found?.isFile() === true ? found.size : undefined;
  } catch {
    return undefined;
  }
}

function realOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}

/** The names of the files in a folder, one a line. */
function namesIn(folder: string, inside: string): string | undefined {
  try {
    if (!`${realOf(folder)}${sep}`.startsWith(inside)) return undefined;
    const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
    return files.map(({ name }) => name).join("\n");
  } catch {
    return undefined;
  }
}

/** Undefined for what is not text, or gone by now: the import leads nowhere. */
function textOf(file: string): string | undefined {
  try {
    return utf8.decode(readFileSync(file));
  } catch {
    return undefined;
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
