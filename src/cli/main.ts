#!/usr/bin/env node
/** The program of the command line. Compiled code is kept between runs, but that of what is imported statically here. */
import * as modules from "node:module";
import { EXIT } from "./exit-code.ts";
import { aboutOldNode } from "./old-node.ts";

const problem = aboutOldNode(process.versions.node);
if (problem === undefined) {
  modules.enableCompileCache();
  await import("./command-line.ts");
} else {
  // Node's own 1, of an error that nobody catches, would say that there are findings.
  process.exitCode = EXIT.usage;
  process.stderr.write(`safepath: ${problem}\n`);
}
