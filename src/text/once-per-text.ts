/** Texts of which an answer is kept; a file has a few thousand names. */
const MOST_TEXTS = 20_000;

/** A function of a text, whose answers are kept from file to file: many names stand in many files, and many rules ask about the same ones. */
export function oncePerText<Answer>(work: (text: string) => Answer): (text: string) => Answer {
  const known = new Map<string, Answer>();
  return (text) => {
    let answer = known.get(text);
    if (answer === undefined) {
      answer = work(text);
      if (known.size >= MOST_TEXTS) known.clear();
      known.set(text, answer);
    }
    return answer;
  };
}
