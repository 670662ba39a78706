import { serve } from "./serve.ts";

/** The entry of the image. */
process.exitCode = await serve();
