/** Types that take any value of a kind, or any value at all. */
const PLAIN = ["str", "int", "float", "bytes", "Any", "object", "dict", "typing.Any"];

/** Types of schemas that look at what a value holds, with what comes through without them. */
const CHECKING: readonly (readonly [RegExp, string])[] = [
  [/(?:\w+\.)?(?:EmailStr|NameEmail)\b/, "any text, not only addresses of mail"],
  [/(?:\w+\.)?(?:Any(?:Http)?Url|HttpUrl|FileUrl|FtpUrl|WebsocketUrl|\w+Dsn)\b/, "any text, not only addresses"],
  [/(?:\w+\.)?IPv(?:Any|4|6)(?:Address|Interface|Network)\b/, "any text, not only addresses of a network"],
  [/(?:\w+\.)?UUID[1-8]?\b/, "any text, not only UUIDs"],
  [/(?:\w+\.)?Literal\[[^[\]]*\]/, "any value, not only those on the list"],
  [/(?:\w+\.)?con(?:int|float|decimal|str|bytes|date)\((?:[^()]|\([^()]*\))*\)/, "any value of its kind"],
  [/(?:\w+\.)?(?:Strict|Positive|Negative|NonNegative|NonPositive|Finite)\w+\b/, "any value of its kind"],
  [
    /(?:\w+\.)?(?:FilePath|DirectoryPath|NewPath|PaymentCardNumber|PhoneNumber|CountryAlpha\d|MacAddress)\b/,
    "any text",
  ],
  [/(?:\w+\.)?Secret(?:Str|Bytes)\b/, "a text that a log or an answer may show"],
];

/** `Annotated[str, Field(gt=0)]`: the type, and what else is asked of it. */
const ANNOTATED = /(?:\w+\.)?Annotated\[(\w+),(?:[^[\]]|\[[^[\]]*\])*\]/;
const ASKS_MORE =
  /\b(?:gt|ge|lt|le|max_length|min_length|pattern|regex|multiple_of|max_items)=|\b(?:AfterValidator|BeforeValidator|WrapValidator|PlainValidator|StringConstraints|Predicate|Interval|Len|MaxLen|Gt|Ge|Lt|Le)\(/;

/** Classes of fields of forms, serializers and schemas, and those that look at nothing. */
const FIELDS: readonly (readonly [RegExp, string])[] = [
  [/^(?:Email|EmailField)$/, "any text, not only addresses of mail"],
  [/^(?:URL|Url|URLField|HyperlinkedRelatedField)$/, "any text, not only addresses"],
  [/^(?:UUID|UUIDField)$/, "any text, not only UUIDs"],
  [/^(?:SlugField|RegexField)$/, "any text"],
  [/^(?:IP|IPv[46]|IPAddressField|GenericIPAddressField)$/, "any text, not only addresses of a network"],
  [/^(?:Enum|(?:Typed|Multiple|TypedMultiple)?ChoiceField|FilePathField)$/, "any text, not only what is on the list"],
  [
    /^(?:Model(?:Multiple)?ChoiceField|PrimaryKeyRelatedField|SlugRelatedField)$/,
    "any value, whether there is such a row or not",
  ],
  [/^ImageField$/, "any file, not only pictures"],
];
const PLAIN_FIELDS = /^(?:Char|Integer|JSON|File|List|Dict)?Field$|^(?:Str|String|Raw|Field)$/;

/** What a type lost, as it is written, and what comes through now. */
export interface LooserType {
  readonly lost: string;
  readonly takes: string;
}

/**
 * What a type asked of a value that became a plain one, of which nothing else changed: `EmailStr|None` and `str|None`. `enumerations` are
 * names of classes that have their members and nothing else. Both are without spaces; undefined where nothing is lost.
 */
export function looserType(
  before: string,
  after: string,
  isEnumeration: (name: string) => boolean,
): LooserType | undefined {
  for (const [pattern, takes] of CHECKING) {
    const lost = exchanged(before, after, new RegExp(pattern, "g"));
    if (lost !== undefined) return { lost, takes };
  }
  const annotated = ANNOTATED.exec(before);
  if (annotated !== null && ASKS_MORE.test(annotated[0]) && before.replace(annotated[0], annotated[1] ?? "") === after)
    return { lost: annotated[0], takes: "any value of its kind" };
  const [, takes] = PLAIN_FIELDS.test(after) ? (FIELDS.find(([pattern]) => pattern.test(before)) ?? []) : [];
  if (takes !== undefined) return { lost: before, takes };
  const named = exchanged(before, after, /\b[A-Z]\w+\b/g);
  return named !== undefined && isEnumeration(named)
    ? { lost: named, takes: "any value, not only its members" }
    : undefined;
}

/** The place where a plain type stands now. */
function exchanged(before: string, after: string, pattern: RegExp): string | undefined {
  for (const match of before.matchAll(pattern)) {
    const [lost] = match;
    const rest = before.slice(match.index + lost.length);
    if (PLAIN.some((plain) => before.slice(0, match.index) + plain + rest === after)) return lost;
  }
  return undefined;
}
