import { expect, test } from "vitest";
import { contextOfPath } from "../../src/analysis/context.ts";

test.each([
  "tests/test_pay.py",
  "shop/tests/helpers.py",
  "integration_tests/shop.py",
  "smoke-tests/shop.py",
  "ci/src/shop_integration_tests/proxy.py",
  "shop-compatibility-test/util.py",
  "src/shop/testsuite/archiver.py",
  "test_project/shop/settings.py",
  "shop/test_utils/views.py",
  "e2e_browser/pages/basics.py",
  "scripts/shop_regression_tests.py",
  "shop/settings/test.py",
  "e2e/shop.py",
  "t/smoke/tasks.py",
  "shop/conftest.py",
  "shop/pay_test.py",
  "scripts/smoketest_settings.py",
  "docs/conf.py",
  "shop/migrations/0001_initial.py",
])("%s belongs to tests and the like", (path) => {
  expect(contextOfPath(path)).toBe("test");
});

test.each([
  "shop/testimonials/views.py",
  "ab_tests/views.py",
  "t/views.py",
  "contest/rules.py",
  "shop/test.py",
  "latest_project/views.py",
  "shop/system_tester.py",
  "shop/latest.py",
])("%s is the product", (path) => {
  expect(contextOfPath(path)).toBe("product");
});

test("what is vendored or generated is told by its path as well", () => {
  expect(contextOfPath("shop/_vendor/tests/six.py")).toBe("vendored");
  expect(contextOfPath("shop/pay_pb2.py")).toBe("generated");
});
