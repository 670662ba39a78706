/** Calls that read a variable of the environment by its name, with a default as the second argument. */
export const ENVIRONMENT_READERS: ReadonlySet<string> = new Set([
  "os.environ.get",
  "os.getenv",
  "os.environ.setdefault",
  "decouple.config",
  "environs.Env()",
  "environs.Env().str",
  "environs.Env().bool",
  "environ.Env()",
  "environ.Env().str",
  "environ.Env().bool",
  "starlette.config.Config()",
]);
