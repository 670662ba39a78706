import { expect } from "vitest";
import type { Operation } from "./contract-scope.ts";
import type { StandIn } from "./stand-in.ts";

/** Fails when either side of the wire ever broke GitHub's own description, or when one of these operations never succeeded. */
export function expectContract(standIn: StandIn, exercised: readonly Operation[] = []): void {
  expect(standIn.contract.violations).toEqual([]);
  expect(standIn.contract.unexercised(exercised)).toEqual([]);
}
