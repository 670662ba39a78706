/**
 * What a record holds under a name that somebody else chose; what every object inherits under `constructor`, `toString` and the
 * like is none of it.
 */
export function ownEntry<T>(record: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}
