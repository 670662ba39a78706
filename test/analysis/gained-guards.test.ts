import { expect, test } from "vitest";
import { settleChange } from "./settle-change.ts";

const URLS = (view: string) =>
  `from django.contrib.auth.decorators import login_required\nfrom django.urls import path\nfrom shop import views\nurlpatterns = [path("orders/", ${view})]\n`;
const VIEWS = (mixin: string) =>
  `class Orders(${mixin}View):\n    def get(self, request):\n        return show(request)\n`;

test("a check that another file of the change has now is not gone", () => {
  const urls = [URLS("login_required(views.Orders.as_view())"), URLS("views.Orders.as_view()")] as const;
  expect(settleChange({ "shop/urls.py": urls }).rules).toEqual(["auth-decorator-removed"]);
  const moved = settleChange({ "shop/urls.py": urls, "shop/views.py": [VIEWS(""), VIEWS("LoginRequiredMixin, ")] });
  expect(moved).toMatchObject({ rules: [], protections: [] });
  const other = settleChange({
    "shop/urls.py": urls,
    "shop/views.py": [VIEWS("LoginRequiredMixin, "), VIEWS("LoginRequiredMixin, ")],
  });
  expect(other.rules).toEqual(["auth-decorator-removed"]);
});

test("a decorator that goes to where the view is registered is not gone, and that of another view is", () => {
  const view = "def orders(request):\n    return show(request)\n";
  const guarded = `from django.contrib.auth.decorators import login_required\n\n@login_required\n${view}`;
  const urls = (name: string) => [URLS(`views.${name}`), URLS(`login_required(views.${name})`)] as const;
  const views = [guarded, view] as const;
  expect(settleChange({ "shop/views.py": views }).rules).toEqual(["auth-decorator-removed"]);
  expect(settleChange({ "shop/views.py": views, "shop/urls.py": urls("orders") }).rules).toEqual([]);
  expect(settleChange({ "shop/views.py": views, "shop/urls.py": urls("carts") }).rules).toEqual([
    "auth-decorator-removed",
  ]);
});

test("a dependency that goes from the routes to where their router is taken in is not gone", () => {
  const routes = (parameter: string) =>
    `from fastapi import APIRouter, Depends\nrouter = APIRouter()\n\n@router.delete("/orders/{number}")\ndef remove(number: int${parameter}):\n    delete(number)\n`;
  const main = (rest: string) => `from shop import orders\napp.include_router(orders.router${rest})\n`;
  const files = { "shop/orders.py": [routes(", user=Depends(require_admin)"), routes("")] } as const;
  expect(settleChange(files).rules).toEqual(["auth-decorator-removed"]);
  const guarded = main(", dependencies=[Depends(require_admin)]");
  expect(settleChange({ ...files, "main.py": [main(""), guarded] }).rules).toEqual([]);
  expect(settleChange({ ...files, "main.py": [undefined, guarded] }).rules).toEqual([]);
  expect(settleChange({ ...files, "main.py": [guarded, `${guarded}\n`] }).rules).toEqual(["auth-decorator-removed"]);
  const added = main("").replace("app.", "");
  expect(
    settleChange({ ...files, "shop/new.py": [undefined, `${added}${routes(", user=Depends(require_admin)")}`] }).rules,
  ).toEqual(["auth-decorator-removed"]);
  const router = routes("").replace("APIRouter()", "APIRouter(dependencies=[Depends(require_admin)])");
  expect(settleChange({ ...files, "shop/new.py": [undefined, router] }).rules).toEqual(["auth-decorator-removed"]);
});

test("a header that another file of the change sends now is not gone", () => {
  const answer = (...headers: readonly string[]) =>
    `def finish(response):\n${headers.map((name) => `    response.headers["${name}"] = "DENY"\n`).join("")}    return response\n`;
  const files = { "shop/app.py": [answer("X-Frame-Options", "Permissions-Policy"), answer()] } as const;
  expect(settleChange(files).rules).toEqual(["security-header-removed"]);
  const moved = { ...files, "shop/headers.py": [undefined, answer("X-Frame-Options", "Permissions-Policy")] } as const;
  expect(settleChange(moved)).toMatchObject({ rules: [], protections: [] });
  const one = { ...files, "shop/headers.py": [undefined, answer("X-Frame-Options")] } as const;
  expect(settleChange(one).rules).toEqual(["security-header-removed"]);
  const both = answer("X-Frame-Options", "Permissions-Policy");
  expect(settleChange({ ...files, "shop/headers.py": [both, `${both}\n`] }).rules).toEqual(["security-header-removed"]);
});
