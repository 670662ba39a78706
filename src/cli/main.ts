#!/usr/bin/env node
/** The program of the command line. Compiled code is kept between runs, but that of what is imported statically here. */
import { enableCompileCache } from "node:module";

enableCompileCache();
await import("./command-line.ts");
