import { type Connection, PAGE } from "./connection.ts";

/** A comment in a thread or in the conversation. */
interface Comment {
  readonly id: number;
  readonly node_id: string;
}

/**
 * Ids of the comments whose words somebody has changed, us aside. GitHub tells a comment's times by the second, and takes the time at
 * which a drafted review is sent for a change: so it is asked who edited.
 */
export async function findEdited(
  { query }: Pick<Connection, "query">,
  comments: readonly Comment[],
  login: string,
): Promise<ReadonlySet<number>> {
  const ours = login.replace(/\[bot\]$/u, "");
  const untouched = new Set<number>();
  for (let at = 0; at < comments.length; at += PAGE) {
    const ids = comments.slice(at, at + PAGE).map(({ node_id }) => node_id);
    const { nodes } = await query<Answer>(EDITORS, { ids });
    for (const node of nodes) {
      if (node != null && (node.lastEditedAt === null || node.editor?.login === ours)) untouched.add(node.databaseId);
    }
  }
  return new Set(comments.map(({ id }) => id).filter((id) => !untouched.has(id)));
}

interface Answer {
  readonly nodes: readonly ({
    readonly databaseId: number;
    readonly lastEditedAt: string | null;
    readonly editor: { readonly login: string } | null;
  } | null)[];
}

const EDITORS = `query($ids: [ID!]!) {
  nodes(ids: $ids) {
    ... on PullRequestReviewComment { databaseId lastEditedAt editor { login } }
    ... on IssueComment { databaseId lastEditedAt editor { login } }
  }
}`;
