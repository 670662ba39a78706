import { expect, test } from "vitest";
import { createMetrics } from "../../src/metrics/metrics.ts";

const depth = async () => ({ waiting: 3, running: 2, dead: 1, oldestSeconds: 12 });

test("what happened is counted under names that say what it is", async () => {
  const metrics = createMetrics(depth);
  metrics.received({ id: "a", event: "pull-request", outcome: "queued" });
  metrics.answered(202, 0.004);
  metrics.reviewed("done", 2);
  metrics.stepped("plan", 1);
  metrics.found([
    { fingerprint: "f1", ruleId: "yaml-load", level: "error", path: "a.py" },
    { fingerprint: "f2", ruleId: "yaml-load", level: "error", path: "b.py" },
  ]);
  metrics.requested("7", 200, 4_999);
  metrics.childRestarted("crashed");
  const lines = (await metrics.text()).split("\n");
  expect(lines).toEqual(
    expect.arrayContaining([
      'safepath_deliveries_total{event="pull-request",outcome="queued"} 1',
      'safepath_delivery_answer_seconds_bucket{le="0.005",status="202"} 1',
      'safepath_review_seconds_bucket{le="2.5",end="done"} 1',
      'safepath_review_step_seconds_bucket{le="1",step="plan"} 1',
      'safepath_findings_total{rule="yaml-load",level="error"} 2',
      'safepath_github_requests_total{installation="7",status="200"} 1',
      'safepath_github_requests_remaining{installation="7"} 4999',
      'safepath_analysis_child_restarts_total{reason="crashed"} 1',
      'safepath_queue_jobs{state="waiting"} 3',
      'safepath_queue_jobs{state="dead"} 1',
      "safepath_queue_oldest_seconds 12",
    ]),
  );
});

test("more installations than anybody can look at are counted together", async () => {
  const metrics = createMetrics(depth);
  for (let id = 1; id <= 1_500; id += 1) metrics.requested(String(id), 200, 100);
  const lines = (await metrics.text()).split("\n");
  expect(lines.filter((line) => line.startsWith("safepath_github_requests_total{"))).toHaveLength(1_001);
  expect(lines).toContain('safepath_github_requests_total{installation="others",status="200"} 500');
});
