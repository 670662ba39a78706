import { describe, expect, test } from "vitest";
import { isPasswordName } from "../../src/detectors/secrets/password-name.ts";

describe("a name", () => {
  test.each(["password", "user_password", "newPasswd", "PASSWORD1", "password_bytes", "passphrase"])(
    "means a password: %s",
    (name) => expect(isPasswordName(name)).toBe(true),
  );

  test.each(["password_hash", "hashed_password", "password_reset_key", "password_file", "encryptedPassword", "token"])(
    "means something else: %s",
    (name) => expect(isPasswordName(name)).toBe(false),
  );
});
