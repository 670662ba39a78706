import { createHmac } from "node:crypto";
import { signMarkers } from "./review/marker.ts";
import type { Sign } from "./review/review-plan.ts";
import type { PullRequestRef } from "./service/ports.ts";

type SignFor = (ref: PullRequestRef) => Sign;

/**
 * Markers are signed with the App's key in force. Those that a key before it has signed are known as long as that one is given too; then
 * what they stand for is said once more.
 */
export function createSigns([current, ...previous]: readonly [string, ...string[]]): {
  readonly signFor: SignFor;
  readonly signedBefore: (ref: PullRequestRef) => readonly Sign[];
} {
  const before = previous.map(signerOf);
  return { signFor: signerOf(current), signedBefore: (ref) => before.map((signFor) => signFor(ref)) };
}

function signerOf(privateKey: string): SignFor {
  const key = createHmac("sha256", privateKey).update("safepath markers").digest();
  return ({ repositoryId, number }) => signMarkers(key, `${repositoryId}:${number}`);
}
