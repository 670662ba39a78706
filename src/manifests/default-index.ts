const HOSTS: ReadonlySet<string> = new Set(["pypi.org", "pypi.python.org", "files.pythonhosted.org"]);

/** Whether an address is of the index that everybody shares. */
export function isDefaultIndex(address: string): boolean {
  return URL.canParse(address) && HOSTS.has(new URL(address).hostname);
}
