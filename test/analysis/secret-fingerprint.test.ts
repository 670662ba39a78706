import { expect, test } from "vitest";
import { identifyingText } from "../../src/analysis/secret-places.ts";

const places = (text: string, secret: string) => [
  { start: text.indexOf(secret), end: text.indexOf(secret) + secret.length },
];

test("what names a finding holds 16 bits of a secret, and nothing of its text", () => {
  const text = 'password = "hunter2-and-more"\n';
  const identifying = identifyingText(text, 0, text.length, places(text, "hunter2-and-more"));
  expect(identifying).toMatch(/^password = "‹[0-9a-f]{4}›"\n$/);
});

test("another secret in the same place is another finding", () => {
  const [one, other] = ["hunter2-and-more", "hunter3-and-more"].map((secret) => {
    const text = `password = "${secret}"`;
    return identifyingText(text, 0, text.length, places(text, secret));
  });
  expect(one).not.toBe(other);
});

test("text without a secret is as it is, also beside one", () => {
  const text = 'a = 1\npassword = "hunter2-and-more"\n';
  expect(identifyingText(text, 0, 5, places(text, "hunter2-and-more"))).toBe("a = 1");
  expect(identifyingText(text, 0, 22, places(text, "hunter2-and-more"))).toMatch(/^a = 1\npassword = "‹[0-9a-f]{4}›$/);
});
