import { drawRuleList } from "../report/rule-text.ts";
import type { CliContext } from "./context.ts";
import { paletteFor } from "./terminal-palette.ts";

export async function listRules(context: CliContext): Promise<void> {
  context.stdout.write(drawRuleList(await context.loadRules(), paletteFor(context.stdout)));
}
