/** A series of sizes, each with the CPU that it took. */
export interface Growth {
  readonly name: string;
  readonly exponent: number;
  readonly points: readonly { readonly size: number; readonly milliseconds: number }[];
}

/** Of the plot, in pixels of the SVG. */
const WIDTH = 560;
const HEIGHT = 400;
const MARGIN = { left: 70, top: 20, bottom: 50 };
const LEGEND = 270;
const COLOURS = ["#0b6bcb", "#c2410c", "#15803d", "#7e22ce", "#b91c1c", "#0e7490", "#a16207", "#475569", "#be185d"];

/** An SVG with both axes logarithmic, so that linear growth is a straight line of slope one: the dashed one. */
export function drawGrowth(series: readonly Growth[]): string {
  const points = series.flatMap((one) => one.points);
  const x = logarithmic(
    points.map(({ size }) => size),
    WIDTH,
  );
  const y = logarithmic(
    points.map(({ milliseconds }) => milliseconds),
    HEIGHT,
  );
  const at = (size: number, milliseconds: number) =>
    `${(MARGIN.left + x.place(size)).toFixed(1)},${(MARGIN.top + HEIGHT - y.place(milliseconds)).toFixed(1)}`;
  const lines = series.map(({ name, exponent, points: of }, number) => {
    const colour = COLOURS[number % COLOURS.length];
    const row = MARGIN.top + 20 + number * 22;
    const path = of.map(({ size, milliseconds }) => at(size, milliseconds));
    return [
      `<polyline points="${path.join(" ")}" fill="none" stroke="${colour}" stroke-width="2"/>`,
      ...path.map((place) => `<circle cx="${place.replace(",", '" cy="')}" r="3" fill="${colour}"/>`),
      `<rect x="${MARGIN.left + WIDTH + 20}" y="${row - 9}" width="14" height="4" fill="${colour}"/>`,
      `<text x="${MARGIN.left + WIDTH + 42}" y="${row - 2}">${name}: ${exponent.toFixed(2)}</text>`,
    ].join("\n");
  });
  const bottom = MARGIN.top + HEIGHT;
  const ticks = [
    ...x.decades.map(
      (size) =>
        `<path d="M${MARGIN.left + x.place(size)},${MARGIN.top}V${bottom}" class="grid"/><text x="${MARGIN.left + x.place(size)}" y="${bottom + 18}" text-anchor="middle">${size.toLocaleString("en")}</text>`,
    ),
    ...y.decades.map(
      (milliseconds) =>
        `<path d="M${MARGIN.left},${bottom - y.place(milliseconds)}h${WIDTH}" class="grid"/><text x="${MARGIN.left - 8}" y="${bottom - y.place(milliseconds) + 4}" text-anchor="end">${milliseconds.toLocaleString("en")} ms</text>`,
    ),
  ];
  const [from, to] = [x.least, x.most];
  const straight = `<path d="M${at(from, y.least)}L${at(to, (y.least * to) / from)}" class="straight" clip-path="url(#plot)"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${MARGIN.left + WIDTH + LEGEND} ${bottom + MARGIN.bottom}" font-family="sans-serif" font-size="13">
<title>CPU of the analysis by size, both axes logarithmic</title>
<style>text{fill:#1f2937}.grid{stroke:#d1d5db}.straight{stroke:#6b7280;stroke-dasharray:5 5;fill:none}</style>
<rect width="100%" height="100%" fill="#fff"/>
<clipPath id="plot"><rect x="${MARGIN.left}" y="${MARGIN.top}" width="${WIDTH}" height="${HEIGHT}"/></clipPath>
${[...ticks, straight, ...lines].join("\n")}
<text x="${MARGIN.left + WIDTH / 2}" y="${bottom + 40}" text-anchor="middle">lines, functions, routes or branches</text>
</svg>
`;
}

function logarithmic(values: readonly number[], length: number) {
  const [low, high] = [Math.floor(Math.log10(Math.min(...values))), Math.ceil(Math.log10(Math.max(...values)))];
  const place = (value: number) => ((Math.log10(value) - low) / (high - low)) * length;
  const decades = Array.from({ length: high - low + 1 }, (_, at) => 10 ** (low + at));
  return { place, decades, least: 10 ** low, most: 10 ** high };
}
