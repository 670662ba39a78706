import type {
  CodeFlow,
  Fix,
  Log,
  Region,
  Result,
  Location as SarifLocation,
  Suppression as SarifSuppression,
} from "sarif";
import type { Finding, Suppression, TraceStepShown } from "../analysis/finding.ts";
import type { Location, Span } from "../text/span.ts";
import { type Report, sortReport } from "./report.ts";
import { sarifInvocation } from "./sarif-notices.ts";
import { artifactLocation } from "./sarif-place.ts";
import { sarifRule } from "./sarif-rules.ts";

/** SARIF 2.1.0 for code scanning. The same findings give the same bytes, in whatever order the files were analysed. */
export function toSarif(report: Report): string {
  const { findings, suppressed, notices, rules } = sortReport(report);
  const ruleIndex = new Map(rules.map((rule, index) => [rule.id, index]));
  const log: Log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Safepath",
            semanticVersion: report.version,
            ...(report.rulePages !== undefined && { informationUri: report.rulePages }),
            rules: rules.map((rule) => sarifRule(rule, report.rulePages)),
          },
        },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { [sourceRoot]: { description: { text: "The root of the repository." } } },
        invocations: [sarifInvocation(notices)],
        results: [
          ...findings.map((finding) => sarifResult(finding, ruleIndex)),
          ...suppressed.map((suppression) => ({
            ...sarifResult(suppression.finding, ruleIndex),
            suppressions: [sarifSuppression(suppression)],
          })),
        ],
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function sarifResult(finding: Finding, ruleIndex: ReadonlyMap<string, number>): Result {
  const { ruleId, level, location, anchor, scope, message, excerpt, trace, fix, fingerprint } = finding;
  const index = ruleIndex.get(ruleId);
  return {
    ruleId,
    ...(index !== undefined && { ruleIndex: index }),
    level,
    message: { text: message, markdown: message },
    locations: [
      {
        ...sarifLocation(location, excerpt),
        ...(scope !== "" && { logicalLocations: [{ fullyQualifiedName: scope }] }),
      },
    ],
    ...(anchor !== undefined && {
      relatedLocations: [
        { id: 1, ...sarifLocation(anchor), message: { text: "The changed line that the finding is about." } },
      ],
    }),
    // Code scanning follows an alert by the first key alone; the second says how it was made.
    partialFingerprints: { primaryLocationLineHash: `${fingerprint}:1`, "safepath/v1": fingerprint },
    ...(trace !== undefined && trace.length > 0 && { codeFlows: [sarifCodeFlow(trace)] }),
    ...(fix !== undefined && { fixes: [sarifFix(finding, fix)] }),
  };
}

function sarifCodeFlow(trace: readonly TraceStepShown[]): CodeFlow {
  return {
    threadFlows: [
      {
        locations: trace.map(({ location, role, note }, index) => ({
          location: { ...sarifLocation(location), message: { text: note, markdown: note } },
          kinds: [role],
          executionOrder: index + 1,
          importance: role === "source" || role === "sink" ? "essential" : "important",
        })),
      },
    ],
  };
}

function sarifFix({ location }: Finding, fix: NonNullable<Finding["fix"]>): Fix {
  return {
    description: { text: fix.title },
    artifactChanges: [
      {
        artifactLocation: artifactLocation(location.path),
        replacements: fix.edits.map(({ span, text }) => ({
          deletedRegion: sarifRegion(span),
          insertedContent: { text },
        })),
      },
    ],
    properties: { applicability: fix.applicability },
  };
}

function sarifSuppression({ by, reason, until, added }: Suppression): SarifSuppression {
  return {
    kind: by === "comment" ? "inSource" : "external",
    status: "accepted",
    ...(reason !== undefined && { justification: reason }),
    properties: { by, added, ...(until !== undefined && { until }) },
  };
}

function sarifLocation(location: Location, excerpt?: string): SarifLocation {
  const { path, span } = location;
  const lines = excerpt === undefined || excerpt === "" ? 0 : excerpt.split("\n").length;
  return {
    physicalLocation: {
      artifactLocation: artifactLocation(path),
      region: sarifRegion(span),
      ...(lines > 0 && {
        contextRegion: {
          startLine: span.start.line,
          endLine: span.start.line + lines - 1,
          snippet: { text: excerpt },
        },
      }),
    },
  };
}

/** 1-based, the end excluded; columns count UTF-16 code units as `columnKind` says. */
function sarifRegion({ start, end }: Span): Region {
  return { startLine: start.line, startColumn: start.column + 1, endLine: end.line, endColumn: end.column + 1 };
}

const sourceRoot = "%SRCROOT%";
