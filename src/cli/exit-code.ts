export const EXIT = { clean: 0, findings: 1, usage: 2, unverified: 3 } as const;
