import type { Invocation, Notification } from "sarif";
import type { Notice } from "../analysis/finding.ts";
import { isUnverified } from "../analysis/is-unverified.ts";
import { noticeText } from "./notice-text.ts";
import { placeOfNotice } from "./report.ts";
import { artifactLocation } from "./sarif-place.ts";

/** What was given up on. The run was successful when nothing that should have been analysed was left out. */
export function sarifInvocation(notices: readonly Notice[]): Invocation {
  return {
    executionSuccessful: !notices.some(isUnverified),
    toolExecutionNotifications: notices.map(sarifNotification),
  };
}

function sarifNotification(notice: Notice): Notification {
  const { path, line } = placeOfNotice(notice);
  return {
    descriptor: { id: notice.kind },
    level: isUnverified(notice) ? "error" : "note",
    message: { text: `${path}: ${noticeText(notice)}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifactLocation(path),
          ...(line !== undefined && { region: { startLine: line } }),
        },
      },
    ],
  };
}
