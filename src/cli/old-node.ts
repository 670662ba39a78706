/** The first major version of Node that has all that is used here; `engines` in `package.json` says the same. */
export const LEAST_NODE = 24;

/** What to say where the program runs with a Node that lacks what it needs, `20.20.2`; undefined where it does not. */
export function aboutOldNode(version: string): string | undefined {
  const major = Number.parseInt(version, 10);
  if (major >= LEAST_NODE) return undefined;
  return `needs Node ${LEAST_NODE} or newer, and this is ${version}; node_modules/.bin/node in the folder of Safepath is one`;
}
