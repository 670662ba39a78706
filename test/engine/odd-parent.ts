/** A process with a pool, which waits to be killed. Its argument is handed to the children. */
import { createChildPool } from "../../src/engine/child-pool.ts";

const [, , argument = ""] = process.argv;
const pool = createChildPool({ size: 1, entry: new URL("./odd-child.ts", import.meta.url), args: [argument] });
const options = { profile: "default", levels: {}, today: "2026-01-01" } as const;
await pool.analyse({ kind: "file", file: { path: "good.py", text: "" }, options });
process.send?.("started");
