from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


# case: a view that the addresses name
def book(request, name):
    return HttpResponse("<h1>" + name)  # expect: xss-reflected from 6


# case: a helper beside the views, which the addresses do not name
def back(request, *args, **kwargs):
    return redirect(*args or "/", **kwargs)


# case: what the request holds is a helper's as well
def back_by(request: HttpRequest):
    return redirect(request.GET["next"])  # expect: open-redirect from 17
