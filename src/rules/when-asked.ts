/** A function that is made when it is first called: most rules are never asked in a process of one file. */
export function whenAsked<Of, Answer>(make: () => (of: Of) => Answer): (of: Of) => Answer {
  let made: ((of: Of) => Answer) | undefined;
  return (of) => {
    made ??= make();
    return made(of);
  };
}
