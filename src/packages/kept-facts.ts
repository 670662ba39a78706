import { z } from "zod";
import type { PackageFacts } from "../manifests/package-facts.ts";

/** Facts as they were written down. */
export const keptFacts: z.ZodType<PackageFacts> = z.object({
  version: z.string(),
  firstRelease: z.string().exactOptional(),
  lastRelease: z.string().exactOptional(),
  owners: z.number().exactOptional(),
  organization: z.string().exactOptional(),
  isYanked: z.boolean(),
  licence: z.string().exactOptional(),
  source: z
    .object({
      address: z.string(),
      isAttested: z.boolean(),
      score: z.number().exactOptional(),
      hasSecurityPolicy: z.boolean().exactOptional(),
      isArchived: z.boolean().exactOptional(),
    })
    .exactOptional(),
  brings: z.number().exactOptional(),
});
