import os
from os import environ

import requests
from django.conf import settings
from django.urls import reverse
from flask import redirect, request, url_for

BASE = os.environ["STOCK_URL"]
SCHEME = settings.SCHEME


# case: the address of a client's service
class Client:
    def __init__(self, base):
        self.base = base

    def item(self):
        return requests.get(f"{self.base}/items/{request.args['a']}", timeout=3)


def item_of_service():
    return Client(settings.STOCK_URL).item()


# case: a client of the sender's
class Probe:
    def __init__(self, base):
        self.base = base

    def health(self):
        return requests.get(f"{self.base}/health", timeout=3)  # expect: ssrf from 36


def probe():
    return Probe(request.args["host"]).health()


# case: an address of the environment
def environment():
    return requests.get(BASE + "/items/" + request.args["a"], timeout=3)


# case: an address of the settings that is completed under a name
def completed():
    items = "{}/items/".format(settings.STOCK_URL)
    return requests.get(items + request.args["a"], timeout=3)


# case: scheme, host and port of the settings
def in_parts():
    host, port = settings.HOST, settings.PORT
    return requests.get(f"{SCHEME}://{host}:{port}/items/{request.args['a']}", timeout=3)


# case: what follows a host without a slash may go on with it
def goes_on():
    return requests.get(f"https://{settings.HOST}{request.args['a']}", timeout=3)  # expect: ssrf from 58


# case: a name in front of a domain
def domain():
    return requests.get(f"https://{request.args['a']}.{settings.DOMAIN}/items", timeout=3)  # expect: ssrf from 63


# case: a host from outside behind a scheme of the settings
def scheme_alone():
    return requests.get(SCHEME + "://" + request.args["a"] + "/items", timeout=3)  # expect: ssrf from 68


# case: a port from outside may be a host
def port_of_sender():
    return requests.get(f"http://{settings.HOST}:{request.args['port']}/items", timeout=3)  # expect: ssrf from 73


# case: behind a base without a slash the host may go on
def base_alone():
    return requests.get(BASE + request.args["a"], timeout=3)  # expect: ssrf from 78


# case: a base that may be empty
def maybe_empty(flag):
    base = "" if flag else "https://stock.example"
    return redirect(base + request.args["a"])  # expect: open-redirect from 84


# case: one of two bases comes from the sender
def one_of_two(flag):
    base = settings.STOCK_URL if flag else request.args["base"]
    return requests.get(base + "/items", timeout=3)  # expect: ssrf from 89


# case: a query behind the address of a view
def query():
    target = request.args["a"]
    if target == "1":
        return redirect(reverse("shop") + "?next=" + target)
    if target == "2":
        return redirect("%s#%s" % (url_for("shop"), target))
    return redirect(f"{url_for('shop')}?next={target}&page=1")


# case: a path behind a base that may be empty
def path_behind_base(base):
    return redirect(f"{base}/items/{request.args['a']}")


# case: a second slash lets a host begin
def second_slash(base):
    return redirect(f"{base}/{request.args['a']}")  # expect: open-redirect from 110


# case: in a request it does not
def slash_in_request(base):
    return requests.get(f"{base}/{request.args['a']}", timeout=3)


# case: what a command runs has no host
def command(base):
    os.system(f"{base}/bin/run?{request.args['a']}")  # expect: command-injection from 120


# case: a template of an address that comes from outside
def template():
    return requests.get(request.args["a"].format(settings.HOST) + "/items?x=", timeout=3)  # expect: ssrf from 125


# case: an address that is joined is replaced as a whole
def joined():
    from urllib.parse import urljoin

    return requests.get(urljoin(BASE + "/items/", request.args["a"]), timeout=3)  # expect: ssrf from 132


# case: a host that is one of a list, and a path behind it
def host_of_list(name):
    host = request.args["host"]
    if host not in settings.AVATAR_HOSTS:
        return None
    return requests.get("https://%s/avatar/%s" % (host, request.args["name"]), timeout=5)


# case: a host that is on no list, and a path behind it
def host_of_nobody(name):
    host = request.args["host"]
    return requests.get("https://%s/avatar/%s" % (host, request.args["name"]), timeout=5)  # expect: ssrf from 146


# case: what stands behind a host of the list is part of it
def port_of_list():
    host = request.args["host"]
    if host not in settings.AVATAR_HOSTS:
        return None
    return requests.get("https://%s.%s/" % (host, request.args["domain"]), timeout=5)  # expect: ssrf from 154
