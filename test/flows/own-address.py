import re
from urllib.parse import urljoin, urlparse, urlsplit

from django.http import HttpRequest, HttpResponseRedirect
from flask import abort, redirect, request


# case: what an address is joined to is the site's own, and so is its host
def joined():
    target = request.args["next"]
    parts = urlparse(urljoin(request.host_url, target))
    if parts.scheme in ("http", "https") and parts.netloc == urlparse(request.host_url).netloc:
        return redirect(target)
    return redirect("/")


# case: the host is the site's own, or the sender is turned away
def turned_away():
    url = urljoin(request.host_url, request.args["next"])
    if urlsplit(url).netloc != request.host:
        abort(400)
    return redirect(url)


# case: the host is compared, and the other one is taken
def compared_in_vain():
    url = urljoin(request.host_url, request.args["next"])
    if urlsplit(url).netloc == request.host:
        abort(400)
    return redirect(url)  # expect: open-redirect from 27


# case: the host is the one that the sender asks for
def host_of_the_sender():
    target = request.args["next"]
    if urlparse(target).netloc != request.args["host"]:
        abort(400)
    return redirect(target)  # expect: open-redirect from 35


# case: the host is one that somebody else sent along
def host_of_another_address():
    target = request.args["next"]
    if urlparse(target).netloc != urlparse(request.args["back"]).netloc:
        abort(400)
    return redirect(target)  # expect: open-redirect from 43


# case: no host, or the site's own
def one_of_two(request: HttpRequest):
    target = request.GET["next"]
    if urlparse(target).netloc not in ("", request.get_host()):
        target = "/"
    return HttpResponseRedirect(target)


# case: one host of the sender's among those allowed
def one_of_the_sender(request: HttpRequest):
    target = request.GET["next"]
    if urlparse(target).netloc not in ("", request.GET["host"]):
        target = "/"
    return HttpResponseRedirect(target)  # expect: open-redirect from 59


# case: an address that begins with the site's own
def begins_with_own():
    target = request.args["next"]
    if not target.startswith(request.host_url):
        return redirect("/")
    return redirect(target)


# case: an address that begins with the name of the site's host alone
def begins_with_host():
    target = request.args["next"]
    if not target.startswith("https://" + request.host):
        return redirect("/")
    return redirect(target)  # expect: open-redirect from 75


# case: the path of a request says nothing of hosts
def same_path():
    target = request.args["next"]
    if urlparse(target).netloc != request.path:
        return redirect("/")
    return redirect(target)  # expect: open-redirect from 83


# case: no slash of either kind is left behind the first one
def own_slash():
    return redirect("/" + request.path.lstrip("/\\") + "/")


# case: a backslash behind a slash begins a host as well
def backslash_left():
    return redirect("/" + request.args["next"].lstrip("/"))  # expect: open-redirect from 96


# case: without a slash in front it is any address
def no_slash():
    return redirect(request.args["next"].lstrip("/\\"))  # expect: open-redirect from 101


# case: a pattern of two ways, both of them on this site
def own_ways():
    target = request.args["next"]
    if not re.fullmatch(r"/[\w.-][\w./-]*|/", target):
        target = "/"
    return redirect(target)


# case: one of two ways leads elsewhere
def other_way():
    target = request.args["next"]
    if not re.fullmatch(r"/[\w.-][\w./-]*|//.*", target):
        target = "/"
    return redirect(target)  # expect: open-redirect from 114


# case: what begins with a slash may go on with another one
def begins_alone():
    target = request.args["next"]
    if not re.match("/", target):
        target = "/"
    return redirect(target)  # expect: open-redirect from 122
