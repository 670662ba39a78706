/** A function of one object whose answer is worked out once and kept as long as the object is. */
export function oncePer<Key extends object, Answer>(work: (key: Key) => Answer): (key: Key) => Answer {
  const known = new WeakMap<Key, { readonly answer: Answer }>();
  return (key) => {
    let kept = known.get(key);
    if (kept === undefined) {
      kept = { answer: work(key) };
      known.set(key, kept);
    }
    return kept.answer;
  };
}
