/** What a handler gives back; the server adds the headers that every answer of GitHub carries. */
export interface Answer {
  readonly status: number;
  /** JSON, unless `raw` is given. */
  readonly body?: unknown;
  readonly raw?: { readonly bytes: Buffer; readonly contentType: string };
  readonly headers?: Readonly<Record<string, string>>;
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

export function created(body: unknown): Answer {
  return { status: 201, body };
}

/** An error that GitHub would answer; handlers throw it, the server answers it. */
export class Problem extends Error {
  readonly status: number;
  readonly errors: readonly unknown[] | undefined;

  constructor(status: number, message: string, errors?: readonly unknown[]) {
    super(message);
    this.status = status;
    this.errors = errors;
  }

  answer(): Answer {
    const body = {
      message: this.message,
      ...(this.errors === undefined ? {} : { errors: this.errors }),
      documentation_url: "https://docs.github.com/rest",
      status: String(this.status),
    };
    return { status: this.status, body };
  }
}

export function notFound(): Problem {
  return new Problem(404, "Not Found");
}

/** 422, in the wording of the endpoints that answer a list of texts. Wordings are not documented: an app cannot rely on them. */
export function unprocessable(...errors: readonly unknown[]): Problem {
  return new Problem(422, "Unprocessable Entity", errors);
}

export function validationFailed(resource: string, field: string, message: string): Problem {
  return new Problem(422, "Validation Failed", [{ resource, field, code: "custom", message }]);
}
