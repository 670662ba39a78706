import { type Command, readCommand } from "./command.ts";
import type { Answer, PostedComment, Reply, Response } from "./review-plan.ts";

/** What answers are judged by. */
export interface Judging {
  /** Login of the pull request's author. */
  readonly author: string;
  /** An ISO date. */
  readonly today: string;
  readonly mayWrite: ReadonlySet<string>;
}

/** What a thread's comment speaks for, as far as answers depend on it. */
export interface Answerable {
  readonly ruleId: string;
  /** The author alone cannot silence it. */
  readonly needsSecond: boolean;
  /** The reason of a comment in the code that the change adds, which waits for a second person. */
  readonly silencedBy?: string;
}

export interface Judged {
  readonly answer: Answer | undefined;
  /** The last reply that was looked at. */
  readonly handled: number;
  readonly responses: readonly Response[];
}

/** The logins whose permission has to be known to judge what is new in the threads. */
export function commanders(posted: readonly PostedComment[]): readonly string[] {
  return [...new Set(posted.flatMap((comment) => fresh(comment).map(({ author }) => author)))];
}

/** Goes through the replies of a thread that were not looked at before, in order. */
export function judge(comment: PostedComment, about: Answerable, judging: Judging): Judged {
  let { answer } = comment;
  const responses: Response[] = [];
  for (const reply of fresh(comment)) {
    const command = readCommand(reply.body);
    if (command === undefined) continue;
    const outcome = reply.isEdited
      ? {
          answer,
          ...refuse("This reply was edited, so it asks nothing: others can edit it, too. Please write it anew."),
        }
      : judging.mayWrite.has(reply.author)
        ? carryOut(command, reply, answer, about, judging)
        : { answer, ...refuse("It takes write access to this repository to answer a finding.") };
    answer = outcome.answer;
    responses.push({ thread: comment.id, reply: reply.id, ...outcome.response });
  }
  return { answer, handled: Math.max(comment.handled, ...comment.replies.map(({ id }) => id)), responses };
}

function fresh({ replies, handled }: PostedComment): readonly Reply[] {
  return replies.filter(({ id, body }) => id > handled && readCommand(body) !== undefined);
}

interface Outcome {
  readonly answer: Answer | undefined;
  readonly response: Pick<Response, "reaction" | "say">;
}

function carryOut(
  command: Command,
  { author: by }: Reply,
  answer: Answer | undefined,
  about: Answerable,
  judging: Judging,
): Outcome {
  switch (command.verb) {
    case "ignore":
    case "false-positive":
    case "accept": {
      const given: Answer = { ...command, by, on: judging.today };
      if (!about.needsSecond || by !== judging.author) return { answer: given, response: { reaction: "+1" } };
      return {
        answer: { ...given, waits: true },
        response: {
          reaction: "eyes",
          say: "Noted. It takes a second person to silence this: somebody else with write access replies `/safepath agree`.",
        },
      };
    }
    case "agree":
      return agree(by, waiting(answer, about, judging), answer);
    case "reopen":
      return { answer: undefined, response: { reaction: "+1" } };
    case "explain":
      return { answer, response: { reaction: "+1", say: { explain: about.ruleId } } };
    case "review":
      return { answer, response: { reaction: "+1" } };
    case "help":
      return { answer, response: { reaction: "+1", say: HELP } };
    case "accept-unverified":
      return { answer, ...refuse("Say that in the conversation of the pull request, not on a finding.") };
    case "unclear":
      return { answer, response: { reaction: "confused", say: command.expected } };
  }
}

/** What waits for a second person: the author's answer, or the author's comment in the code. */
function waiting(
  answer: Answer | undefined,
  { silencedBy }: Answerable,
  { author, today }: Judging,
): Answer | undefined {
  if (answer?.waits === true) return answer;
  if (answer !== undefined || silencedBy === undefined) return undefined;
  return { verb: "ignore", reason: silencedBy, by: author, on: today, waits: true };
}

function agree(by: string, pending: Answer | undefined, answer: Answer | undefined): Outcome {
  if (pending === undefined) return { answer, ...refuse("There is nothing here that waits for a second person.") };
  if (pending.by === by)
    return { answer, ...refuse("Somebody else has to agree: that is the point of a second person.") };
  const { waits: _, ...agreed } = pending;
  return { answer: { ...agreed, agreedBy: by }, response: { reaction: "+1" } };
}

function refuse(say: string): { readonly response: Outcome["response"] } {
  return { response: { reaction: "-1", say } };
}

/** What we understand, for people who ask. */
export const HELP = `On a finding, as a reply in its thread:

- \`/safepath ignore <reason>\`: silence it
- \`/safepath false-positive <reason>\`: the same, where Safepath is wrong
- \`/safepath accept until YYYY-MM-DD <reason>\`: silence it to the end of that day
- \`/safepath rotated <reason>\`: the secret is revoked
- \`/safepath agree\`: be the second person
- \`/safepath reopen\`: take an answer back
- \`/safepath explain\`: why it matters, and what to write instead

In the conversation of the pull request:

- \`/safepath review\`: review it anew
- \`/safepath accept unverified <file> <reason>\`: let a file through that could not be verified`;
