import { buildSchema } from "graphql";

/** The part of GitHub's GraphQL schema that a review app asks for; names, nullability and arguments are GitHub's. */
export const schema = buildSchema(/* GraphQL */ `
  scalar DateTime
  scalar URI
  scalar GitObjectID

  interface Node { id: ID! }
  interface GitObject { id: ID! oid: GitObjectID! abbreviatedOid: String! }
  interface Actor { login: String! url: URI! }

  type Query {
    repository(owner: String!, name: String!, followRenames: Boolean = true): Repository
    node(id: ID!): Node
    nodes(ids: [ID!]!): [Node]!
    organization(login: String!): Organization
    rateLimit(dryRun: Boolean = false): RateLimit
  }

  type RateLimit { limit: Int! cost: Int! remaining: Int! used: Int! resetAt: DateTime! }

  type Repository implements Node {
    id: ID!
    databaseId: Int
    nameWithOwner: String!
    isPrivate: Boolean!
    object(expression: String, oid: GitObjectID): GitObject
    pullRequest(number: Int!): PullRequest
  }

  type Blob implements Node & GitObject {
    id: ID!
    oid: GitObjectID!
    abbreviatedOid: String!
    byteSize: Int!
    isBinary: Boolean
    isTruncated: Boolean!
    text: String
  }

  type Tree implements Node & GitObject {
    id: ID!
    oid: GitObjectID!
    abbreviatedOid: String!
    entries: [TreeEntry!]
  }
  type TreeEntry { name: String! object: GitObject type: String! }
  type Commit implements Node & GitObject { id: ID! oid: GitObjectID! abbreviatedOid: String! }

  type PullRequest implements Node {
    id: ID!
    number: Int!
    title: String!
    isDraft: Boolean!
    state: PullRequestState!
    headRefOid: GitObjectID!
    baseRefOid: GitObjectID!
    reviewThreads(first: Int, after: String, last: Int, before: String): PullRequestReviewThreadConnection!
  }

  enum PullRequestState { CLOSED MERGED OPEN }

  type PageInfo { endCursor: String hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String }

  type PullRequestReviewThreadConnection {
    nodes: [PullRequestReviewThread]
    pageInfo: PageInfo!
    totalCount: Int!
  }

  type PullRequestReviewThread implements Node {
    id: ID!
    comments(first: Int, after: String, last: Int, before: String): PullRequestReviewCommentConnection!
    diffSide: DiffSide!
    isCollapsed: Boolean!
    isOutdated: Boolean!
    isResolved: Boolean!
    line: Int
    originalLine: Int
    startLine: Int
    originalStartLine: Int
    path: String!
    pullRequest: PullRequest!
    resolvedBy: User
    subjectType: PullRequestReviewThreadSubjectType!
    viewerCanReply: Boolean!
    viewerCanResolve: Boolean!
    viewerCanUnresolve: Boolean!
  }

  enum DiffSide { LEFT RIGHT }
  enum PullRequestReviewThreadSubjectType { FILE LINE }

  type PullRequestReviewCommentConnection {
    nodes: [PullRequestReviewComment]
    pageInfo: PageInfo!
    totalCount: Int!
  }

  interface Minimizable { isMinimized: Boolean! minimizedReason: String viewerCanMinimize: Boolean! }

  type PullRequestReviewComment implements Node & Minimizable {
    id: ID!
    databaseId: Int
    fullDatabaseId: String
    author: Actor
    body: String!
    createdAt: DateTime!
    lastEditedAt: DateTime
    editor: Actor
    line: Int
    originalLine: Int
    outdated: Boolean!
    path: String!
    replyTo: PullRequestReviewComment
    isMinimized: Boolean!
    minimizedReason: String
    viewerCanMinimize: Boolean!
    viewerDidAuthor: Boolean!
  }

  type IssueComment implements Node {
    id: ID!
    databaseId: Int
    author: Actor
    body: String!
    createdAt: DateTime!
    lastEditedAt: DateTime
    editor: Actor
  }

  type Team implements Node {
    id: ID!
    slug: String!
    members(first: Int, after: String, query: String): TeamMemberConnection!
  }
  type TeamMemberConnection { nodes: [User] totalCount: Int! }

  type User implements Node & Actor { id: ID! databaseId: Int login: String! url: URI! }
  type Bot implements Node & Actor { id: ID! databaseId: Int login: String! url: URI! }
  type Organization implements Node & Actor {
    id: ID!
    databaseId: Int
    login: String!
    url: URI!
    team(slug: String!): Team
  }

  enum ReportedContentClassifiers { ABUSE DUPLICATE LOW_QUALITY OFF_TOPIC OUTDATED RESOLVED SPAM }

  type Mutation {
    resolveReviewThread(input: ResolveReviewThreadInput!): ResolveReviewThreadPayload
    unresolveReviewThread(input: UnresolveReviewThreadInput!): UnresolveReviewThreadPayload
    createCommitOnBranch(input: CreateCommitOnBranchInput!): CreateCommitOnBranchPayload
    minimizeComment(input: MinimizeCommentInput!): MinimizeCommentPayload
  }

  scalar Base64String

  input CreateCommitOnBranchInput {
    branch: CommittableBranch!
    clientMutationId: String
    expectedHeadOid: GitObjectID!
    fileChanges: FileChanges
    message: CommitMessage!
  }
  input CommittableBranch { branchName: String id: ID repositoryNameWithOwner: String }
  input CommitMessage { body: String headline: String! }
  input FileChanges { additions: [FileAddition!] = [] deletions: [FileDeletion!] = [] }
  input FileAddition { contents: Base64String! path: String! }
  input FileDeletion { path: String! }
  type CreateCommitOnBranchPayload { clientMutationId: String commit: Commit }

  input ResolveReviewThreadInput { clientMutationId: String threadId: ID! }
  type ResolveReviewThreadPayload { clientMutationId: String thread: PullRequestReviewThread }
  input UnresolveReviewThreadInput { clientMutationId: String threadId: ID! }
  type UnresolveReviewThreadPayload { clientMutationId: String thread: PullRequestReviewThread }
  input MinimizeCommentInput { clientMutationId: String subjectId: ID! classifier: ReportedContentClassifiers! }
  type MinimizeCommentPayload { clientMutationId: String minimizedComment: Minimizable }
`);
