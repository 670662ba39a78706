/** Draws the JSON Schemas of the configuration files for editors. Run by `npm run docs:config`; they are checked in. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { configSchemas } from "./config-schemas.ts";

const folder = fileURLToPath(new URL("../docs/schemas", import.meta.url));
for (const [name, text] of Object.entries(configSchemas())) writeFileSync(join(folder, name), text);
