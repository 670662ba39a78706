/**
 * GitHub's limits. Where its documentation counts characters they are held in UTF-8 bytes, which are never fewer:
 * its column sizes suggest bytes.
 */

/** Of a review, and of a review comment: 65,536. The rest is left for what a person adds to it. */
export const COMMENT_BODY = 65_000;

/** `output.summary` of a check run: 65,535. The rest is left for a note on comments that were refused. */
export const CHECK_SUMMARY = 65_000;

/** `output.title` of a check run, and the title of an annotation. */
export const TITLE = 255;

/** Of a check run, by our own decision: ten requests, for writes come one a second, and other reviews of the installation wait for them. */
export const MOST_ANNOTATIONS = 500;

/** Of an annotation: 64 KB. A message longer than this is not read where annotations are shown. */
export const ANNOTATION_MESSAGE = 4_000;
