import type { Policy } from "../config/policy.ts";
import { HELP, type Judging, maySettle, secondPerson } from "./answer.ts";
import { type Command, readCommand } from "./command.ts";
import { writeConversationAnswer } from "./conversation-marker.ts";
import { codeSpan } from "./escape.ts";
import type { Acceptance, Conversation, ConversationRequest, ConversationResponse, Sign } from "./review-plan.ts";

/** What the conversation of a pull request is judged by. */
export interface ConversationInput {
  readonly conversation: Conversation;
  readonly judging: Judging;
  readonly policy: Policy;
  readonly headSha: string;
  /** The blobs of the files that could not be verified at this head, by path. */
  readonly unverified: ReadonlyMap<string, string>;
  /** Why there is no review, in Markdown, where there is none. */
  readonly notReviewed?: string;
  readonly sign: Sign;
}

export interface JudgedConversation {
  /** Unverified files that do not fail the check, by path: as they are now, for another blob was not accepted. */
  readonly accepted: ReadonlyMap<string, Acceptance>;
  readonly responses: readonly ConversationResponse[];
}

/** The logins whose permission has to be known to judge what is asked in the conversation. */
export function askers({ requests }: Conversation): readonly string[] {
  return [...new Set(requests.map(({ author }) => author))];
}

/** Answers what people ask in the conversation of the pull request, in order. */
export function judgeConversation(input: ConversationInput): JudgedConversation {
  const { mayWrite } = input.judging;
  const told = new Set(input.conversation.answered);
  const outcomes = input.conversation.requests.flatMap((request) => {
    const command = readCommand(request.body);
    if (command === undefined) return [];
    const outcome = carryOut(command, request, input);
    // Who may not write is answered once: nobody makes us talk without end.
    if (outcome.say !== undefined && !mayWrite.has(request.author) && told.has(request.author)) return [];
    if (outcome.say !== undefined) told.add(request.author);
    return [{ request, ...outcome }];
  });
  const recorded = [...input.conversation.accepted, ...outcomes.flatMap(({ acceptance }) => acceptance ?? [])];
  const inForce = recorded.filter(({ path, blob }) => blob !== "" && input.unverified.get(path) === blob);
  return {
    accepted: new Map(inForce.map((acceptance) => [acceptance.path, acceptance])),
    responses: outcomes.flatMap(({ request, reaction, say, acceptance }): readonly ConversationResponse[] => {
      if (say === undefined) return request.isAcknowledged ? [] : [{ comment: request.id, reaction }];
      const answered = { comment: request.id, ...(acceptance === undefined ? {} : { acceptance }) };
      return [{ comment: request.id, reaction, body: writeConversationAnswer(answered, say, input.sign) }];
    }),
  };
}

interface Outcome {
  readonly reaction: ConversationResponse["reaction"];
  /** Markdown. */
  readonly say?: string;
  readonly acceptance?: Acceptance;
}

function carryOut(command: Command, { author: by }: ConversationRequest, input: ConversationInput): Outcome {
  const { mayWrite, author } = input.judging;
  if (command.verb === "help") return { reaction: "+1", say: HELP };
  if (!mayWrite.has(by) && !(command.verb === "review" && by === author)) {
    return refuse("It takes write access to this repository to ask for that.");
  }
  switch (command.verb) {
    case "review":
      return input.notReviewed === undefined ? { reaction: "+1" } : refuse(input.notReviewed);
    case "accept-unverified":
      return acceptUnverified(command, by, input);
    case "unclear":
      return { reaction: "confused", say: command.expected };
    case "ignore":
    case "false-positive":
    case "accept":
    case "agree":
    case "reopen":
    case "explain":
      return refuse("That is about a finding: reply it in the thread of the comment that you mean.");
  }
}

function acceptUnverified(
  { path, reason }: Extract<Command, { verb: "accept-unverified" }>,
  by: string,
  { unverified, headSha, judging, policy }: ConversationInput,
): Outcome {
  const blob = unverified.get(path);
  const at = `at ${codeSpan(headSha.slice(0, 7))}`;
  if (blob === undefined || blob === "") return refuse(nothingToAccept(path, at, [...unverified.keys()]));
  const needsSecond = policy.onIncomplete === "failure" && policy.secondPersonFrom !== "never";
  if (needsSecond && !maySettle(by, judging)) {
    return {
      reaction: "eyes",
      say: `Noted. It takes a second person to let ${codeSpan(path)} through: ${secondPerson(judging)} says the same.`,
    };
  }
  return {
    reaction: "+1",
    say: `Accepted ${codeSpan(path)} ${at} without it being verified: ${codeSpan(reason)}. A push that changes the file asks again.`,
    acceptance: { path, blob, reason, by, on: judging.today },
  };
}

/** Paths that an answer names at most. */
const MOST_NAMED = 5;

function nothingToAccept(path: string, at: string, unverified: readonly string[]): string {
  const found = `${codeSpan(path)} is no file that could not be verified ${at}`;
  if (unverified.length === 0) return `${found}: there is none.`;
  const named = unverified.slice(0, MOST_NAMED).map(codeSpan).join(", ");
  return `${found}; those are ${named}${unverified.length > MOST_NAMED ? " and others that the check lists" : ""}.`;
}

function refuse(say: string): Outcome {
  return { reaction: "-1", say };
}
