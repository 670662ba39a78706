import type { Finding, Notice, Suppression, TraceStepShown } from "../analysis/finding.ts";
import { isUnverified } from "../analysis/is-unverified.ts";
import { settleSurface } from "../analysis/surface/settle-surface.ts";
import { LEVELS } from "../rules/levels.ts";
import type { Location } from "../text/span.ts";
import { drawExcerpt } from "./excerpt.ts";
import { drawFix } from "./fix-diff.ts";
import { count, noticeText } from "./notice-text.ts";
import { type Palette, plainPalette } from "./palette.ts";
import { printable } from "./printable.ts";
import { placeOfNotice, type Report, sortReport } from "./report.ts";
import { SURFACE_HEADS, surfaceText } from "./surface-text.ts";
import { wrap } from "./wrap.ts";

export interface TextOptions {
  readonly palette?: Palette;
  /** Columns of the terminal: prose is wrapped to it. */
  readonly width?: number;
  /** The text of an analysed file, for the diff of its fixes. */
  readonly sourceOf?: (path: string) => string | undefined;
}

/** The report for people: place first, so that editors and terminals jump to it. */
export function toText(report: Report, options: TextOptions = {}): string {
  const { findings, suppressed, notices, rules } = sortReport(report);
  const titles = new Map(rules.map((rule) => [rule.id, rule.title]));
  const context: Context = {
    palette: options.palette ?? plainPalette,
    width: Math.min(Math.max(options.width ?? 100, 40), 120),
    sourceOf: options.sourceOf ?? (() => undefined),
  };
  const blocks = [
    ...findings.map((finding) => drawFinding(finding, titles.get(finding.ruleId), context)),
    ...(notices.length > 0 ? [drawNotices(notices, context)] : []),
    ...drawSurface(report, context),
    [drawSummary(report, { findings, suppressed, notices }, context.palette)],
  ];
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

interface Context {
  readonly palette: Palette;
  readonly width: number;
  readonly sourceOf: (path: string) => string | undefined;
}

function drawFinding(finding: Finding, title: string | undefined, context: Context): readonly string[] {
  const { palette, width, sourceOf } = context;
  const { location, level, ruleId, message, trace, fix } = finding;
  const head = `${palette.place(placeOf(location))}: ${palette.level(level, level)}: ${palette.strong(title ?? ruleId)}`;
  return [
    title === undefined ? head : `${head} ${palette.dim(`[${ruleId}]`)}`,
    ...drawExcerpt(finding, palette),
    ...wrap(prose(message), width, "  "),
    ...drawAnchor(finding, palette),
    ...(trace !== undefined && trace.length > 1 ? ["  How the value gets here:", ...drawTrace(trace, palette)] : []),
    ...(fix === undefined ? [] : [`  ${fixHeads[fix.applicability]}: ${printable(fix.title)}`]),
    ...(fix === undefined ? [] : drawFix(fix, sourceOf(location.path), palette)),
  ];
}

/** One line a change, by what kind of thing it is. */
function drawSurface({ analyses }: Report, { palette }: Context): readonly (readonly string[])[] {
  const changes = settleSurface(analyses.flatMap(({ surface = [] }) => surface));
  if (changes.length === 0) return [];
  const lines = changes.map((change) => {
    const text = surfaceText(change, (code) => `\`${printable(code)}\``, prose);
    return `  ${SURFACE_HEADS[change.kind].padEnd(12)}  ${text} ${palette.dim(`(${placeOf(change.location)})`)}`;
  });
  return [[palette.strong("Attack surface:"), ...lines]];
}

const fixHeads = { safe: "Fix", unsafe: "Possible fix, look at it before you take it" } as const;

function drawAnchor({ anchor, trace }: Finding, palette: Palette): readonly string[] {
  const isStep = trace?.some(
    ({ location }) => location.path === anchor?.path && location.span.start.line === anchor.span.start.line,
  );
  const what = isStep ? "the line that leads here" : "the change";
  return anchor === undefined ? [] : [`  ${palette.place(placeOf(anchor))}: ${what}`];
}

function drawTrace(trace: readonly TraceStepShown[], palette: Palette): readonly string[] {
  return trace.map(
    ({ location, note }, at) => `  ${String(at + 1).padStart(3)}. ${palette.place(placeOf(location))}: ${prose(note)}`,
  );
}

/** Of a message or note: one paragraph. */
function prose(markdown: string): string {
  return printable(markdown.trim().replace(/\s+/g, " "));
}

/** More generated files than these are one line: a project has all of its own, or none. */
const MOST_GENERATED = 3;

function drawNotices(notices: readonly Notice[], context: Context): readonly string[] {
  const generated = notices.filter(({ kind }) => kind === "generated");
  if (generated.length <= MOST_GENERATED) return notices.map((notice) => drawNotice(notice, context));
  const lines = notices.filter(({ kind }) => kind !== "generated").map((notice) => drawNotice(notice, context));
  const [first, ...others] = generated;
  return [...lines, `${drawNotice(first, context)}; so are ${countOf(others.length, "more file")}`];
}

function drawNotice(notice: Notice, { palette }: Context): string {
  const { path, line } = placeOfNotice(notice);
  const place = line === undefined ? printable(path) : `${printable(path)}:${line}`;
  const kind = isUnverified(notice) ? palette.level("error", "could not verify") : palette.dim("notice");
  return `${palette.place(place)}: ${kind}: ${printable(noticeText(notice))}`;
}

interface Counted {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppression[];
  readonly notices: readonly Notice[];
}

function drawSummary(report: Report, { findings, suppressed, notices }: Counted, palette: Palette): string {
  const levels = LEVELS.flatMap((level) => {
    const many = findings.filter((finding) => finding.level === level).length;
    return many === 0 ? [] : [palette.level(level, countOf(many, level))];
  });
  const { leftOut = 0 } = report;
  if (report.analyses.length === 0) {
    return leftOut === 0 ? NOTHING : `Nothing to look at: the configuration leaves out ${countOf(leftOut, "file")}`;
  }
  const files = countOf(report.analyses.length, "file");
  const lines = countOf(
    report.analyses.reduce((sum, analysis) => sum + analysis.linesInScope, 0),
    "line",
  );
  const unverified = new Set(notices.filter(isUnverified).map((notice) => placeOfNotice(notice).path)).size;
  const parts = [
    `${levels.length === 0 ? "No findings" : levels.join(", ")} in ${files} (${lines})`,
    ...(suppressed.length > 0 ? [`${count(suppressed.length)} suppressed`] : []),
    ...(leftOut > 0 ? [`${countOf(leftOut, "file")} left out by the configuration`] : []),
    ...(unverified > 0 ? [palette.level("error", `could not verify ${countOf(unverified, "file")}`)] : []),
  ];
  return `${parts.join(" · ")}`;
}

const NOTHING = "Nothing to look at: no Python, and no file of dependencies, settings or templates";

function countOf(many: number, noun: string): string {
  return `${count(many)} ${noun}${many === 1 ? "" : "s"}`;
}

function placeOf({ path, span }: Location): string {
  return `${printable(path)}:${span.start.line}:${span.start.column + 1}`;
}
