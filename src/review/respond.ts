import { HELP } from "./answer.ts";
import { sentence } from "./escape.ts";
import { cutText } from "./fit-sections.ts";
import { COMMENT_BODY } from "./limits.ts";
import { linkTo } from "./links.ts";
import type { PlannedResponse, Response, ReviewInput } from "./review-plan.ts";

/** What a reply begins with, so that the one that it answers is not answered again. */
export function writeResponse(reply: number, text: string): string {
  return `<!-- safepath:answer ${reply} -->\n\n${cutText(text, COMMENT_BODY)}`;
}

/** The reply that a body of ours answers; undefined for any other body. */
export function answeredReply(body: string): number | undefined {
  const [, id] = /^<!-- safepath:answer (\d+) -->/u.exec(body) ?? [];
  return id === undefined ? undefined : Number(id);
}

/** The response as it is sent; nothing where an attempt before this one has sent it. */
export function respond({ say, ...response }: Response, input: ReviewInput): readonly PlannedResponse[] {
  const thread = input.posted.find(({ id }) => id === response.thread);
  if (say === undefined || thread?.answeredReplies.includes(response.reply)) return [response];
  const text = typeof say === "string" ? say : explain(say.explain, input);
  return [{ ...response, body: writeResponse(response.reply, text) }];
}

function explain(ruleId: string, { rules, links, revision }: ReviewInput): string {
  const rule = rules.get(ruleId);
  if (rule === undefined) return HELP;
  const page = linkTo(links, revision).rulePage(ruleId);
  // Somebody else's words: shown as text, without links, pictures and mentions.
  if (links.ownPages?.has(ruleId))
    return `**${sentence(rule.title)}**\n\n${sentence(rule.why)}\n\n${sentence(rule.remedy)}\n\n[The rule](${page})`;
  return `**${rule.title}**\n\n${rule.why.trim()}\n\n${rule.remedy.trim()}\n\n[The rule's page](${page})`;
}
