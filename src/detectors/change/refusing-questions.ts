/** What is asked of data, or of who sent it, before it is turned away: patterns of conditions as they are written. */

/** What pretends that there is nothing, and is a refusal where the condition asks who is there or what they hold. */
export const HIDING = /^(?:(?:HTTP)?NotFound|Http404)$/;
export const ASKS_WHO =
  /\bsession(?:\.get\(|\[)|\b(?:session\.user|request\.user|current_user|user|g\.user|auth_subject)\b|token|secret|private|permission|\bcan_|restrict\(/;

/** What turns somebody away for what they are or have done, or for the password that they want, whatever it raises. */
export const ASKS_STANDING =
  /\b(?:user|account|member|identity|claims|token|session|key)\w*\.(?:is_)?(?:superuser|staff|admin|active|enabled|disabled|verified|locked|banned|blocked|suspended|revoked|expired)\b|(?:\.get\(|\[)\s*["'](?:is_|email_|phone_)?(?:superuser|staff|admin|active|enabled|disabled|verified|locked|banned|blocked|suspended|revoked|expired)["']|\.(?:failures|failed_\w+|\w*attempts)\s*>|\bin\s+[\w.]*(?:revoked|blocked|banned|denied)\w*\s*$|\blen\(\w*passw\w*\)\s*<|\bpassw\w*(?:\.\w+\(\))?\s+in\b/i;

/** How old what was sent is, whatever turns it away: it may be somebody else's, sent once more. */
export const ASKS_AGE =
  /[<>]=?\s*[\w.]*\b(?:utc)?now\([^()]*(?:\([^()]*\))?[^()]*\)\s*-|\bnow\((?:[^()]|\([^()]*\))*\)\s*[<>]=?\s*[\w.]*(?:until|expir|not_(?:valid_)?after(?:_utc)?|not_on_or_after|max_age)|(?:until|expir\w*|not_(?:valid_)?after(?:_utc)?|max_age)\s*[<>]=?\s*[\w.]*\bnow\(|\btime(?:\.time)?\(\)\s*-|-\s*(?:time\.)?time\(\)|(?:\b|_)(?:expires?(?:_at|_on)?|expiry|valid_until|not_(?:valid_)?after(?:_utc)?)\s*<|[<>]=?\s*[\w.]*(?:\b|_)(?:expires?(?:_at|_on)?|expiry|valid_until|valid_from|not_(?:valid_)?after(?:_utc)?)\b|(?:\bage|_age|elapsed)\s*>|\bis_expired\b|\bnonce\b[^=]*\bin\b/i;

/** Whether an answer belongs to what the session asked for: `state` of OAuth, `nonce` of OpenID Connect. */
export const ASKS_STATE = /\b(?:state|nonce)\b.*\bsession\b|\bsession\b.*\b(?:state|nonce)\b/s;

/** Whether it was used before: `code == user.last_code`, `counter <= self.last_counter`, `jti in used_tokens`. */
export const ASKS_REPLAY =
  /(?:==|<=?)\s*[\w.]{0,80}\b(?:last|used|previous)_?(?:used_?)?(?:\w{1,40}_)?(?:code|t?otp|token|counter|step|nonce|timestep)\b|\b(?:last|used)_(?:\w{1,40}_)?(?:code|t?otp|token|counter|step|nonce|timestep)\s*(?:==|>=?)|(?<!\bnot )\bin\s+[\w.]{0,80}(?:used|seen|spent)_(?:\w{1,40}_)?(?:codes?|t?otps?|tokens?|nonces?|jtis?|assertions?|ids)\b/i;

/** How much is too much, whatever it raises. */
export const ASKS_SIZE =
  /(?:\blen\(\w*(?:body|data|content|payload|raw|buf\w*)\w*\)|\b\w*(?:file_size|content_length|total_size)\b\S*(?: for .*\))?|\.nbytes)\s*>=?\s*[\w.]*(?:max|limit)|\b(?:content_length|file_size|total_size)\s*>=?\s*\d+(?:\d{3}|\s*(?:\*|<<))|\b\w*(?:size|length|count|total)\s*>=?\s*[\w.]*(?:max(?:imum)?_?(?:\w+_)?(?:size|length|bytes|message|body|payload|frame|packet|members|entries)|(?:size|length|bytes)_limit)\b|\blen\([\w.]+\)\s*>=?\s*(?:\w+\.)*max_\w+/is;

/** Whether something passes a limit that a constant names: `image.width * image.height > MAX_PIXELS`. */
export const ASKS_LIMIT =
  /[<>]=?\s*(?:\w+\.)*(?:MAX(?:IMUM)?_(?!RETR|ATTEMPT|ITER|LINE|WIDTH)[A-Z0-9_]+|[A-Z0-9_]+_(?:MAX|LIMIT))\b/;

/** How much of something is nobody's to ask for: `amount <= 0`, `quantity > self.left`. */
export const ASKS_AMOUNT =
  /\b(?:\w+_)?(?:amount|quantity|qty|price)\b\s*(?:<=?\s*0\b|>=?\s*[\w.]*(?:max|limit|balance|available|left|total|min\())/i;

/** Whether there is a password at all. */
export const ASKS_NO_PASSWORD =
  /^not\s+\w*(?:passw(?:or)?d|pwd|secret)\w*$|\bpassw\w*\s*==\s*(?:""|'')|\bnot\s+\w*passw\w*$/i;

/** A value that is on no list: whether there is a list is what protects, whatever turns the others away. */
export const ASKS_FOR_LISTED = /^.+?\snot\s+in\s+(?:(?:\w+\.)*[A-Z][A-Z0-9_]*|[[({].*[\])}])\s*$/s;

/** A value that something does not hold, which may have been asked for right then: `table not in connection.tables()`. */
export const ASKS_LISTED = /^[^()]+?\snot\s+in\s/;

/** Answers that say that a value will not do, or that there is nothing. */
export const UNFIT = /^(?:400|415|422)$/;
export const NOTHING_THERE = /^404$/;

/** What turns away data that was tampered with, whatever it raises. */
export const COMPARES_DIGEST =
  /\bcompare_digest\(|(?:digest\(\)|checksum|signature)\W.*(?:!=|==)|(?:!=|==).*(?:digest\(\)|checksum|signature)/is;

/** A mark by which text is more than a name: it begins an option, leaves a folder, ends a line, names a link to elsewhere. */
export const ASKS_MARK =
  /(?<!\bnot\s+[\w.[\]"']*)\.startswith\(\s*\(?\s*["'](?:--?|\/|\.\.?\/?)["']|["'](?:\.\.\/?|\\r|\\n|\\r\\n|\\0|\\x00)["']\s+in\b|(?<!\bnot\s+[\w.[\]"']*)(?:\bisabs\(|\.is_absolute\(\)|\bislink\(|\.is_symlink\(\))/;

/** Whether a path lies in a folder: `path.startswith(ROOT)`, `root in path.parents`, `path.is_relative_to(root)`. */
export const ASKS_WITHIN =
  /\.startswith\(\s*(?:str\(|os\.fspath\()?[\w.]*(?:root|base|dir|folder|parent|home|prefix)\w*|\bin\s+[\w.()]*\.parents\b|\.is_relative_to\(|\bcommon(?:path|prefix)\(/i;

/** By which protocol an address is reached. */
export const ASKS_SCHEME = /\.startswith\(\s*\(?\s*["'][a-z+]+:\/\/|\.scheme\b/;

/** Which characters a value is made of. */
export const ASKS_CHARACTERS =
  /^not\s+.*(?:\.fullmatch\(|\.match\(|\.is(?:alnum|alpha|ascii|digit|decimal|identifier|numeric)\(\))|\.(?:fullmatch|match)\(.*\)\s+is\s+None$/s;

/** Exceptions that say what a program or a text is like, and turn nobody away. */
export const NO_REFUSAL =
  /^(?:NotImplemented|Stop(?:Async)?Iteration|Type|Attribute|Assertion)|Syntax|Pars|Lex|Decod|Timeout/;

/** Calls, as they are written, to which a value of other characters is more than a name. */
export const TAKES_NAMES =
  /(?:^|\.)(?:open|Path|joinpath|run|call|check_call|check_output|Popen|execute\w*|executescript|system|popen|getoutput|create_subprocess_\w+|unlink|remove|rmtree|rename|mkdir|makedirs|chmod|symlink|copy\w*|move|import_module|__import__|getattr|setattr|text|raw|urlopen|create_connection|sendmail|redirect)$|\bpath\.join$|^(?:requests|httpx|(?:self\.)?(?:session|client|http))\.\w+$/;
