import type { ArtifactLocation } from "sarif";

/** A repository path relative to the root; an absolute one as it is. */
export function artifactLocation(path: string): ArtifactLocation {
  const encoded = path.split("/").map(encodeSegment).join("/");
  return path.startsWith("/") ? { uri: `file://${encoded}` } : { uri: encoded, uriBaseId: "%SRCROOT%" };
}

/** A lone surrogate has no encoding: it becomes U+FFFD. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment.toWellFormed());
}
