import { type Command, readCommand } from "./command.ts";
import type { Answer, PostedComment, Reply, Response } from "./review-plan.ts";

/** What answers are judged by. */
export interface Judging {
  /** Login of who opened the pull request. */
  readonly author: string;
  /** Logins of all who wrote a part of it, the author's too. */
  readonly authors: ReadonlySet<string>;
  /** An ISO date. */
  readonly today: string;
  /** Logins that are heard. */
  readonly mayWrite: ReadonlySet<string>;
  /** Those of them that the policy names as the second person; absent where it names nobody. */
  readonly deciders?: ReadonlySet<string> | undefined;
  /** The policy names teams, and the App may not see who is in them. */
  readonly teamsAreHidden?: boolean;
}

/** Whether a person settles alone what the authors of a change cannot. */
export function maySettle(login: string, { authors, deciders }: Judging): boolean {
  return !authors.has(login) && (deciders?.has(login) ?? true);
}

/** Who is to agree, as the end of a sentence. */
export function secondPerson({ deciders }: Judging): string {
  return deciders === undefined ? "somebody else with write access" : "one of the people that the configuration names";
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
  const told = answeredPeople(comment);
  for (const reply of fresh(comment)) {
    const command = readCommand(reply.body);
    const isHeard = judging.mayWrite.has(reply.author);
    // Who may not answer is told so once in a thread: nobody makes us talk without end.
    if (command === undefined || (!isHeard && told.has(reply.author))) continue;
    told.add(reply.author);
    const outcome = !isHeard
      ? { answer, ...refuse("It takes write access to this repository to answer a finding.") }
      : reply.isEdited
        ? {
            answer,
            ...refuse("This reply was edited, so it asks nothing: others can edit it, too. Please write it anew."),
          }
        : carryOut(command, reply, answer, about, judging);
    answer = outcome.answer;
    responses.push({ thread: comment.id, reply: reply.id, ...outcome.response });
  }
  return { answer, handled: Math.max(comment.handled, ...comment.replies.map(({ id }) => id)), responses };
}

function fresh({ replies, handled }: PostedComment): readonly Reply[] {
  return replies.filter(({ id, body }) => id > handled && readCommand(body) !== undefined);
}

function answeredPeople({ replies, answeredReplies }: PostedComment): Set<string> {
  return new Set(replies.filter(({ id }) => answeredReplies.includes(id)).map(({ author }) => author));
}

interface Outcome {
  readonly answer: Answer | undefined;
  readonly response: Pick<Response, "reaction" | "say">;
}

function carryOut(
  command: Command,
  reply: Reply,
  answer: Answer | undefined,
  about: Answerable,
  judging: Judging,
): Outcome {
  switch (command.verb) {
    case "ignore":
    case "false-positive":
    case "accept": {
      if (command.verb === "accept" && command.until < judging.today) return { answer, response: OVER };
      const { author: by, authorId: byId } = reply;
      const given: Answer = { ...command, by, ...(byId === undefined ? {} : { byId }), on: judging.today };
      if (!about.needsSecond || maySettle(by, judging)) return { answer: given, response: { reaction: "+1" } };
      return {
        answer: { ...given, waits: true },
        response: {
          reaction: "eyes",
          say: `Noted. It takes a second person to silence this: ${secondPerson(judging)} replies \`/safepath agree\`.`,
        },
      };
    }
    case "agree":
      return agree(reply, answer, about, judging);
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

/** Makes count what waits: somebody's answer, or the comment in the code of those who wrote the change. */
function agree(reply: Reply, answer: Answer | undefined, about: Answerable, judging: Judging): Outcome {
  const { silencedBy: reason } = about;
  if (judging.deciders?.has(reply.author) === false)
    return {
      answer,
      ...refuse(`The configuration names who may agree, and you are not among them.${aboutTeams(judging)}`),
    };
  if (answer?.waits === true) {
    if (isOfSamePerson(answer, reply))
      return { answer, ...refuse("Somebody else has to agree: that is the point of a second person.") };
    const { waits: _, ...agreed } = answer;
    return { answer: { ...agreed, agreedBy: reply.author }, response: { reaction: "+1" } };
  }
  if (answer !== undefined || reason === undefined)
    return { answer, ...refuse("There is nothing here that waits for a second person.") };
  if (judging.authors.has(reply.author))
    return {
      answer,
      ...refuse("You wrote a part of this change: reply `/safepath ignore <reason>`, and let somebody else agree."),
    };
  const agreed = { verb: "ignore", reason, by: judging.author, on: judging.today, agreedBy: reply.author } as const;
  return { answer: agreed, response: { reaction: "+1" } };
}

function aboutTeams({ teamsAreHidden }: Judging): string {
  return teamsAreHidden === true
    ? " Who is in its teams this App cannot see: it lacks the permission `members: read`."
    : "";
}

/** People can take another login. */
function isOfSamePerson({ by, byId }: Answer, { author, authorId }: Reply): boolean {
  return byId === undefined || authorId === undefined ? by === author : byId === authorId;
}

const OVER: Outcome["response"] = {
  reaction: "confused",
  say: "That day is over, so nothing would be accepted: give one that is still to come.",
};

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
