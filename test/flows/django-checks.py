import subprocess

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug, validate_unicode_slug
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme


# case: a check that raises for anything but letters and digits
def slug(request: HttpRequest):
    try:
        validate_slug(request.GET["n"])
    except ValidationError:
        return HttpResponse("no", status=400)
    subprocess.run("file /srv/" + request.GET["n"], shell=True)
    return HttpResponse("")


# case: a check of another value
def other(request: HttpRequest):
    try:
        validate_slug(request.GET["m"])
    except ValidationError:
        return HttpResponse("no", status=400)
    subprocess.run("file /srv/" + request.GET["n"], shell=True)  # expect: command-injection from 26
    return HttpResponse("")


# case: a check whose refusal changes nothing
def ignored(request: HttpRequest):
    try:
        validate_slug(request.GET["n"])
    except ValidationError:
        pass
    subprocess.run("file /srv/" + request.GET["n"], shell=True)  # expect: command-injection from 36
    return HttpResponse("")


# case: the address that is asked about is passed by its name
def by_name(request: HttpRequest):
    after = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(url=after, allowed_hosts=None):
        return redirect(after)
    if url_has_allowed_host_and_scheme(allowed_hosts=None, url=after):
        return redirect(after)
    return redirect("home")


# case: another address is asked about
def another(request: HttpRequest):
    after = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(url="/home", allowed_hosts={after}):
        return redirect(after)  # expect: open-redirect from 52
    return redirect("home")
