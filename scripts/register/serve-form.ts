import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Form {
  /** Where a person opens it. */
  readonly url: string;
  /** The code that GitHub sends the browser back with. */
  readonly code: Promise<string>;
  close(): void;
}

/** What the form holds is known once its own address is: GitHub sends the browser back to it. */
export type Fill = (form: { readonly redirectUrl: string; readonly state: string }) => {
  readonly action: string;
  readonly manifest: string;
};

/** Serves GitHub's form on loopback and waits for the browser's return, which has to bring the `state` along. */
export async function serveForm(fill: Fill): Promise<Form> {
  const state = randomBytes(16).toString("hex");
  const { promise: code, resolve } = Promise.withResolvers<string>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", here());
    const given = url.searchParams.get("code");
    const isReturn = url.pathname === "/registered" && given !== null && url.searchParams.get("state") === state;
    const status = isReturn || url.pathname === "/" ? 200 : 404;
    const body = isReturn
      ? "Registered. Go on in the terminal."
      : page(fill({ redirectUrl: `${here()}/registered`, state }));
    response.writeHead(status, { "content-type": "text/html; charset=utf-8" }).end(status === 200 ? body : "");
    if (isReturn) resolve(given);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const here = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: here(),
    code,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function page({ action, manifest }: ReturnType<Fill>): string {
  return `<!doctype html>
<title>Register Safepath</title>
<form action="${attribute(action)}" method="post">
<input type="hidden" name="manifest" value="${attribute(manifest)}">
<p>GitHub shows the App's name and permissions before it registers anything.</p>
<button>Go on to GitHub</button>
</form>`;
}

function attribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
