from urllib.parse import urlencode, urlparse

import furl
import requests
from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from flask import redirect, request
from onelogin.saml2.auth import OneLogin_Saml2_Auth
from slack_sdk.oauth import AuthorizeUrlGenerator
from tornado.httputil import url_concat
from tornado.web import RequestHandler


def joined(*pieces):
    stripped = [piece.strip("/") for piece in pieces]
    result = "/".join(piece for piece in stripped if piece)
    return "/" + result if pieces[0].startswith("/") else result


# case: pieces behind a base are joined, each in its place
def behind_base():
    return redirect(joined(settings.BASE, "items", request.args["a"]))


# case: the piece in front is the sender's
def in_front():
    return redirect(joined(request.args["a"], "items"))  # expect: open-redirect from 27


# case: without its slashes a piece is part of the path behind a base
def without_slashes(base):
    return redirect(base + "/" + request.args["a"].strip("/"))


# case: with slashes at its end alone it is not
def with_slashes(base):
    return redirect(base + "/" + request.args["a"].rstrip("/"))  # expect: open-redirect from 37


# case: the elements of a comprehension keep their places
def in_their_places():
    first, second = [part.lower() for part in ("a", request.args["a"])]
    if request.args["b"] == "1":
        return redirect(first)
    return redirect(second)  # expect: open-redirect from 42


# case: some of the elements are left out
def left_out():
    found = [part for part in ("/", request.args["a"]) if len(part) > 1]
    return redirect(found[0])  # expect: open-redirect from 50


# case: a query that was put together is no address of another site
def encoded_query(request: HttpRequest, base):
    return HttpResponseRedirect(base + request.GET.urlencode())


# case: nor is one that a form was sent with
def encoded_form(request: HttpRequest):
    query = request.POST.copy()
    return HttpResponseRedirect("?".join([settings.BASE, query.urlencode()]))


# case: an encoded query behind an address of the sender's
def behind_another(request: HttpRequest):
    return HttpResponseRedirect(request.GET["a"] + "?" + urlencode(request.GET))  # expect: open-redirect from 67


# case: one of two characters that begin a query, or go on with it
def one_of_two(base):
    separator = "&" if "?" in base else "?"
    return redirect(separator.join([base, "a=" + request.args["a"]]))


# case: one of two characters, of which one may go on with a host
def one_of_others(base, flag):
    separator = "?" if flag else "."
    return redirect(separator.join([base, request.args["a"]]))  # expect: open-redirect from 79


# case: arguments that are added to an address
class Forward(RequestHandler):
    def get(self):
        self.redirect(url_concat(self.settings["base"], {"next": self.get_argument("next")}))

    def post(self):
        self.redirect(url_concat(self.get_argument("next"), {"page": "1"}))  # expect: open-redirect from 88


# case: the parts of an address by their names
def by_name(base):
    return redirect(furl.furl(base, args={"q": request.args["q"]}).url)


# case: the query of an address in the place of another one
def another_query(base):
    return redirect(urlparse(base)._replace(query=request.args["q"]).geturl())


# case: the host by its name
def host_by_name(base):
    return redirect(furl.furl(base, host=request.args["host"]).url)  # expect: open-redirect from 103


# case: another network location
def another_location(base):
    requests.get(urlparse(base)._replace(netloc=request.args["host"]).geturl(), timeout=3)  # expect: ssrf from 108


# case: a query behind an address that was looked at
def behind_checked():
    target = request.args["a"]
    if urlparse(target).netloc or not target.startswith("/"):
        target = "/"
    return redirect(target + "?page=" + request.args["page"])


# case: what goes on behind a host that was looked at
def goes_on():
    target = request.args["a"]
    if target.startswith("https://shop.example"):
        return redirect(target + request.args["page"])  # expect: open-redirect from 123
    return redirect("/")


# case: the address of a provider at which visitors sign in
def sign_in():
    auth = OneLogin_Saml2_Auth({"http_host": request.host, "get_data": request.args}, settings.SAML)
    return redirect(auth.login(return_to="/home"))


# case: where the sender wants to go on
def go_on():
    auth = OneLogin_Saml2_Auth({"http_host": request.host, "get_data": request.args}, settings.SAML)
    return redirect(auth.redirect_to(request.form["RelayState"]))  # expect: open-redirect from 136


# case: an address of a provider that is made for a state
def ask_slack():
    generator = AuthorizeUrlGenerator(client_id=settings.SLACK, redirect_uri=request.args["back"])
    return redirect(generator.generate(request.args["state"]))

