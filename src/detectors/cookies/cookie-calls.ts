import type { CallFact, ModuleFacts } from "../../taint/facts.ts";
import { oncePer } from "../../text/once-per.ts";
import { matchesPath } from "../shared/path-pattern.ts";

/** A call that sets a cookie: how its flags are spelled, and which of them the framework sets unless it is told not to. */
export interface CookieCall {
  readonly callee: readonly string[];
  /** Where the cookie's name stands. */
  readonly name: { readonly position?: number; readonly keyword: readonly string[] };
  readonly value?: { readonly position: number; readonly keyword: string };
  readonly secure: FlagSpelling;
  readonly httponly?: FlagSpelling;
  readonly samesite: string;
  /** The framework keeps other sites out unless it is told not to. */
  readonly isLax: boolean;
  /** It keeps a session, or who is signed in, whatever its name. */
  readonly isSession: boolean;
  /** Only where this class is handed over: middleware that is added by name. */
  readonly middleware?: string;
}

export interface FlagSpelling {
  readonly keyword: string;
  readonly isDefault: boolean;
}

const SECURE = { keyword: "secure", isDefault: false };
const HTTP_ONLY = { keyword: "httponly", isDefault: false };

const RESPONSES = {
  name: { position: 0, keyword: ["key", "name"] },
  value: { position: 1, keyword: "value" },
  secure: SECURE,
  httponly: HTTP_ONLY,
  samesite: "samesite",
  isLax: false,
  isSession: false,
};
const FACTORIES = { ...RESPONSES, name: { keyword: ["cookie_name"] }, isLax: true, isSession: true };
const SESSION_MIDDLEWARE = {
  name: { keyword: ["session_cookie"] },
  secure: { keyword: "https_only", isDefault: false },
  samesite: "same_site",
  isLax: true,
  isSession: true,
};

/** The defaults are those of the frameworks' current releases, by their documentation. */
const COOKIE_CALLS: readonly CookieCall[] = [
  {
    ...RESPONSES,
    callee: [
      "werkzeug.wrappers.Response().set_cookie",
      "flask.*Response().set_cookie",
      "quart.*Response().set_cookie",
      "quart.make_response().set_cookie",
      "django.http.*().set_cookie",
      "django.http.*().set_signed_cookie",
      "django.shortcuts.*().set_cookie",
      "rest_framework.response.Response().set_cookie",
      "aiohttp.web.*().set_cookie",
      "tornado.web.RequestHandler().set_cookie",
      "tornado.web.RequestHandler().set_secure_cookie",
      "tornado.web.RequestHandler().set_signed_cookie",
      "bottle.response.set_cookie",
      "bottle.*Response().set_cookie",
      "pyramid.response.Response().set_cookie",
      "pyramid.request.Request().response.set_cookie",
      "pyramid.httpexceptions.*().set_cookie",
      "webob.Response().set_cookie",
      "webob.response.Response().set_cookie",
    ],
  },
  {
    ...RESPONSES,
    callee: ["starlette.responses.*Response().set_cookie", "fastapi.responses.*Response().set_cookie"],
    isLax: true,
  },
  {
    ...RESPONSES,
    callee: ["falcon.Response().set_cookie", "falcon.asgi.Response().set_cookie"],
    secure: { keyword: "secure", isDefault: true },
    httponly: { keyword: "http_only", isDefault: true },
    samesite: "same_site",
    isLax: true,
  },
  {
    ...RESPONSES,
    callee: ["sanic.response.*().add_cookie", "sanic.HTTPResponse().add_cookie"],
    secure: { keyword: "secure", isDefault: true },
    isLax: true,
  },
  {
    ...FACTORIES,
    callee: ["pyramid.session.SignedCookieSessionFactory", "pyramid.session.BaseCookieSessionFactory"],
  },
  {
    ...FACTORIES,
    callee: ["pyramid.authentication.AuthTktAuthenticationPolicy", "pyramid.authentication.AuthTktCookieHelper"],
    httponly: { keyword: "http_only", isDefault: false },
  },
  {
    ...FACTORIES,
    callee: [
      "aiohttp_session.SimpleCookieStorage",
      "aiohttp_session.cookie_storage.EncryptedCookieStorage",
      "aiohttp_session.nacl_storage.NaClCookieStorage",
      "aiohttp_session.redis_storage.RedisStorage",
      "aiohttp_session.memcached_storage.MemcachedStorage",
    ],
    httponly: { keyword: "httponly", isDefault: true },
  },
  { ...SESSION_MIDDLEWARE, callee: ["starlette.middleware.sessions.SessionMiddleware"] },
  {
    ...SESSION_MIDDLEWARE,
    callee: [
      "fastapi.FastAPI().add_middleware",
      "starlette.applications.Starlette().add_middleware",
      "starlette.middleware.Middleware",
    ],
    middleware: "starlette.middleware.sessions.SessionMiddleware",
  },
];

/** What such a call may be a call of, as patterns. */
export const COOKIE_CALLEES: readonly string[] = [...COOKIE_CALLS.flatMap(({ callee }) => callee), "*.set_cookie"];

/** A response that a function is handed: whether the framework keeps other sites out is left open. */
const HANDED_OVER: CookieCall = { ...RESPONSES, callee: [], isLax: true };
const OF_RESPONSE = /(?:^|[._])resp(?:onse)?\.set_cookie$/i;

/** Frameworks whose responses set none of the flags by themselves. */
const BARE: ReadonlySet<string> = new Set([
  "aiohttp",
  "bottle",
  "django",
  "fastapi",
  "flask",
  "pyramid",
  "quart",
  "rest_framework",
  "starlette",
  "webob",
  "werkzeug",
]);

/** The calls of a module that set a cookie. */
export const cookieCalls: (
  facts: ModuleFacts,
) => readonly { readonly call: CallFact; readonly described: CookieCall }[] = oncePer(({ calls, imports }) =>
  calls.flatMap((call) => {
    const described = cookieCallOf(call) ?? (isHandedOver(call, imports) ? HANDED_OVER : undefined);
    return described === undefined ? [] : [{ call, described }];
  }),
);

function cookieCallOf(call: CallFact): CookieCall | undefined {
  return COOKIE_CALLS.find(
    ({ callee, middleware }) =>
      call.callee.some((path) => callee.some((pattern) => matchesPath(path, pattern))) &&
      (middleware === undefined || (call.args[0]?.value.paths.includes(middleware) ?? false)),
  );
}

/** `response.set_cookie(…)` of what nothing is known of but its name, in a file of such a framework. */
function isHandedOver({ name, callee }: CallFact, imports: ModuleFacts["imports"]): boolean {
  if (!OF_RESPONSE.test(name) || callee.some((path) => path.includes("()"))) return false;
  return imports.some(({ module }) => BARE.has(module.split(".", 1)[0]));
}
