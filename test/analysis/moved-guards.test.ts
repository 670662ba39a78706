import { expect, test } from "vitest";
import { settleChange } from "./settle-change.ts";

const IMPORTS = "from django.contrib.auth.decorators import login_required\nfrom django.shortcuts import render\n\n";
const ORDERS =
  'def orders(request):\n    found = Order.objects.filter(open=True)\n    return render(request, "orders.html", {"orders": found})\n';
const PRICES = '\n\ndef prices(request):\n    return render(request, "prices.html")\n';
const GUARDED = `@login_required\n${ORDERS}`;
const GONE = [`${IMPORTS}${GUARDED}${PRICES}`, `${IMPORTS}${PRICES}`] as const;

test("a view that moves to another file without its check has lost it", () => {
  const { findings, protections } = settleChange({
    "shop/views.py": GONE,
    "shop/order_views.py": [undefined, `${IMPORTS}${ORDERS}`],
  });
  expect(findings.map(({ ruleId, location, message }) => [ruleId, location.path, message])).toEqual([
    [
      "auth-decorator-removed",
      "shop/order_views.py",
      "The change takes `login_required` away from `orders`: whoever can reach it may now use it. Put the check back, or say why it is open. It comes from `shop/views.py`, where it was asked for.",
    ],
  ]);
  expect(protections).toHaveLength(1);
});

test("so has one whose file is gone", () => {
  const change = {
    "shop/views.py": [`${IMPORTS}${GUARDED}`, undefined],
    "shop/orders.py": [undefined, ORDERS],
  } as const;
  expect(settleChange(change).rules).toEqual(["auth-decorator-removed"]);
});

test("so has a method of a class, and a class without the base that asked", () => {
  const get = "    def get(self, request):\n        found = Order.objects.all()\n        return show(request, found)\n";
  const view = (head: string, decorator = "") =>
    `from django.views import View\n\nclass Orders(${head}):\n${decorator}${get}`;
  const moved = (before: string, after: string) =>
    settleChange({ "shop/views.py": [before, ""], "shop/orders.py": [undefined, after] }).rules;
  expect(moved(view("LoginRequiredMixin, View"), view("View"))).toEqual(["auth-decorator-removed"]);
  expect(moved(view("View", "    @method_decorator(login_required)\n"), view("View"))).toEqual([
    "auth-decorator-removed",
  ]);
  expect(moved(view("LoginRequiredMixin, View"), view("LoginRequiredMixin, View"))).toEqual([]);
  expect(moved(view("LoginRequiredMixin, View"), view("MemberView"))).toEqual([]);
});

test.each([
  ["brings it along", `${IMPORTS}${GUARDED}`],
  ["is asked in another way", `${IMPORTS}@members_only\n${ORDERS}`],
  [
    "asks itself",
    `${IMPORTS}${ORDERS.replace("    found", "    if not request.user.is_staff:\n        raise Http404\n    found")}`,
  ],
  ["is another one of that name", `${IMPORTS}def orders(request):\n    return render(request, "bare.html")\n`],
  ["is put behind it where it lies", `${IMPORTS}${ORDERS}\norders = login_required(orders)\n`],
  [
    "says why",
    `${IMPORTS}${ORDERS.replace(":\n", ":  # safepath: ignore[auth-decorator-removed] -- a public list since 2.0\n")}`,
  ],
])("nothing is said of a view that %s", (_, head) => {
  expect(settleChange({ "shop/views.py": GONE, "shop/orders.py": [undefined, head] }).rules).toEqual([]);
});

test("nothing is said of a view that is put behind it where it is registered, nor of one in a file in which no view asks", () => {
  const urls = (view: string) =>
    `from django.contrib.auth.decorators import login_required\nfrom django.urls import path\nfrom shop import orders, views\nurlpatterns = [path("orders/", ${view})]\n`;
  const moved = { "shop/views.py": GONE, "shop/orders.py": [undefined, ORDERS] } as const;
  const registered = [urls("views.orders"), urls("login_required(orders.orders)")] as const;
  expect(settleChange({ ...moved, "shop/urls.py": registered }).rules).toEqual([]);
  const route = (decorator: string, name: string) =>
    `${decorator}@bp.route("/${name}")\ndef ${name}():\n    found = load("${name}")\n    return show(found)\n\n`;
  const head = "from flask import Blueprint\nbp = Blueprint('shop', __name__)\n\n";
  const [old, now] = [`${head}${route("", "carts")}`, `${head}${route("", "carts")}${route("", "orders")}`];
  const away = [`${head}${route("", "notes")}${route("@bp.get('/x')\n", "stock")}`, head] as const;
  expect(settleChange({ "a.py": away, "b.py": [old, now] }).rules).toEqual([]);
  const guarded = `${head}@bp.route("/orders")\n@login_required\n${route("", "orders").split("\n").slice(1).join("\n")}`;
  expect(settleChange({ "a.py": [guarded, head], "b.py": [old, now] }).rules).toEqual([]);
  expect(settleChange({ "a.py": [guarded, head], "b.py": [undefined, now] }).rules).toEqual(["auth-decorator-removed"]);
  const asked = (text: string) => text.replace('@bp.route("/carts")\n', '@bp.route("/carts")\n@login_required\n');
  expect(settleChange({ "a.py": [guarded, head], "b.py": [asked(old), asked(now)] }).rules).toEqual([
    "auth-decorator-removed",
  ]);
});

test("where two could have come from there, neither is said", () => {
  const two = { "shop/one.py": [undefined, ORDERS], "shop/two.py": [undefined, ORDERS] } as const;
  expect(settleChange({ "shop/views.py": GONE, ...two }).rules).toEqual([]);
});
