/** Shannon entropy in bits per character: 0 for one repeated character, at most 4 for hexadecimal, 6 for base64. */
export function shannonEntropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let entropy = 0;
  for (const count of counts.values()) {
    const share = count / text.length;
    entropy -= share * Math.log2(share);
  }
  return entropy;
}

/** Runs that a person types and a generator hardly ever makes: `abcdef`, `012345`, `aaaaa`. */
export function isTypedByHand(text: string): boolean {
  const lower = text.toLowerCase();
  let rising = 1;
  let same = 1;
  for (let at = 1; at < lower.length; at++) {
    const step = lower.charCodeAt(at) - lower.charCodeAt(at - 1);
    rising = step === 1 ? rising + 1 : 1;
    same = step === 0 ? same + 1 : 1;
    if (rising >= 6 || same >= 5) return true;
  }
  return false;
}
