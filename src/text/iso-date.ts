/** Whether the text is a day of the calendar, `2027-03-31`: the 31st of February is none. */
export function isIsoDate(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/u.test(text) ? timeOf(text) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** The day that comes `days` days after an ISO date. */
export function daysAfter(date: string, days: number): string {
  return isoDateOf(new Date(timeOf(date) + days * DAY_MS));
}

/** The day of a moment, in UTC: `2027-03-31`. */
export function isoDateOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}

const DAY_MS = 86_400_000;

function timeOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`);
}
