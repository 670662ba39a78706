import type { CodeHostFault } from "./ports.ts";

/** What every `CodeHost` throws when the host does not do what was asked. */
export class CodeHostError extends Error implements CodeHostFault {
  override readonly name = "CodeHostError";
  readonly kind: CodeHostFault["kind"];
  readonly retryAt?: Date;

  constructor(fault: CodeHostFault, options?: ErrorOptions) {
    super(`the code host answered: ${fault.kind}`, options);
    this.kind = fault.kind;
    if (fault.retryAt !== undefined) this.retryAt = fault.retryAt;
  }
}
