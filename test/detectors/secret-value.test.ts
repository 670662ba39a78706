import { describe, expect, it } from "vitest";
import { isTypedByHand, shannonEntropy } from "../../src/detectors/secrets/entropy.ts";
import { saysSecret } from "../../src/detectors/secrets/secret-name.ts";
import { isSecretValue } from "../../src/detectors/secrets/secret-value.ts";

const phrases = [["password"], ["api", "key"], ["token"]];

describe("saysSecret", () => {
  it.each(["password", "DB_PASSWORD", "dbPasswordProd", "password2", "apiKey", "STRIPE_API_KEY", "access_token_value"])(
    "takes %s for a secret's name",
    (name) => {
      expect(saysSecret(name, phrases)).toBe(true);
    },
  );

  it.each([
    "password_label",
    "password_url",
    "passwordField",
    "reset_password",
    "invalid_password",
    "token_type",
    "next_token",
    "api_key_header",
    "tokenizer",
    "public_api_key",
  ])("takes %s for something else", (name) => {
    expect(saysSecret(name, phrases)).toBe(false);
  });
});

describe("isSecretValue", () => {
  it.each(["hunter2!", "tr0ub4dor&3", "Zu9-kartoffel", "b7d1e09c44f2a86351c7e2d98f03ab65", "admin"])(
    "lets %s be a secret",
    (value) => {
      expect(isSecretValue(value, "password")).toBe(true);
    },
  );

  it.each([
    "Your password",
    "Passwort",
    "Kennwort:",
    "password",
    "user_password",
    "DB_PASSWORD",
    "/run/secrets/db",
    "https://id.example.org/reset",
    "projects/shop/secrets/key/versions/1",
    "django.contrib.auth.password_validation",
    "secret.pem",
    "<your password>",
    "${PASSWORD}",
    "{{ password }}",
    "%(password)s",
    "********",
    "changeme",
    "your-token-here",
    "^.{12,}$",
    "[A-Za-z0-9]+",
    "$2b$12$KIXQ0m5Fz6vC8b1nQ0aXIu",
    "pbkdf2_sha256$600000$salt$hash",
    "bearer",
  ])("takes %s for no secret", (value) => {
    expect(isSecretValue(value, "password")).toBe(false);
  });
});

describe("entropy", () => {
  it("is zero for one character and the logarithm of the alphabet for an even spread", () => {
    expect(shannonEntropy("aaaa")).toBe(0);
    expect(shannonEntropy("0123456789abcdef")).toBe(4);
    expect(shannonEntropy("")).toBe(0);
  });

  it("tells a keyboard's row from chance", () => {
    expect(isTypedByHand("xyzabcdef")).toBe(true);
    expect(isTypedByHand("key00000")).toBe(true);
    expect(isTypedByHand("Q3EGV7PZK5TX2WMB")).toBe(false);
  });
});
