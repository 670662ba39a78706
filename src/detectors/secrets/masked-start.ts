/** Enough to find the secret again, too little to use it. */
export function maskedStart(secret: string): string {
  return `${secret.slice(0, 4)}…`;
}
