import os
from urllib.parse import ParseResult, urlencode, urlparse

import requests
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import View
from lxml import etree

from rest_framework.views import APIView

from .links import address_of
from .models import Book, records_of, registry


# case: a mapping that is one of two, both with names that are written out
def either(request: HttpRequest):
    filters = {}
    if request.GET.get("after"):
        filters = {"created__gt": request.GET.get("after")}
    return HttpResponse(Book.objects.filter(**filters).count())


# case: a mapping that is one of two, of which the request is the other
def either_sent(request: HttpRequest):
    filters = {}
    if request.GET:
        filters = request.GET.dict()
    return HttpResponse(Book.objects.filter(**filters).count())  # expect: orm-lookup-tainted from 30


def field_of(kind, number):
    if kind == "shelf":
        return {"shelf_id": number}
    if kind == "room":
        return {"room_id": number}
    if kind == "house":
        return {"house_id": number}
    if kind == "street":
        return {"street_id": number}
    if kind == "town":
        return {"town_id": number}
    return {}


# case: one of many mappings with names that are written out
def many(request: HttpRequest):
    Book.objects.create(title="", **field_of(request.POST["kind"], request.POST["number"]))
    return HttpResponse("")


def given(kind, number, more):
    if kind == "shelf":
        return {"shelf_id": number}
    if kind == "room":
        return {number: 1}
    return {"kind": kind}


# case: one of several mappings has a name that was sent
def many_sent(request: HttpRequest):
    Book.objects.create(title="", **given(request.POST["kind"], request.POST["field"], 1))  # expect: mass-assignment from 64
    return HttpResponse("")


# case: what any holder of records finds by a key is what is stored
def found(request: HttpRequest):
    book = records_of(Book).get(pk=request.GET["book"])
    return redirect(book.local_path)


# case: the key is no record
def asked(request: HttpRequest):
    book = records_of(Book).get(pk=request.GET["book"])
    return redirect(request.GET["book"] or book.local_path)  # expect: open-redirect from 77


# case: the names of what an address holds are written in it
class Detail(View):
    def get(self, request):
        return HttpResponse(Book.objects.get(**self.kwargs).pk)


# case: what an address holds may be any text
class Page(View):
    def get(self, request):
        return HttpResponse("<h1>" + self.kwargs["title"])  # expect: xss-reflected from 89


# case: a check that is given up while debugging alone
def unless_debugging(request: HttpRequest):
    after = request.POST["next"]
    if not settings.DEBUG and not url_has_allowed_host_and_scheme(after, allowed_hosts=None):
        return redirect("home")
    return HttpResponseRedirect(after)


# case: a check that another setting gives up
def unless_open(request: HttpRequest):
    after = request.POST["next"]
    if not settings.OPEN and not url_has_allowed_host_and_scheme(after, allowed_hosts=None):
        return redirect("home")
    return HttpResponseRedirect(after)  # expect: open-redirect from 102


# case: a check that only holds while debugging
def while_debugging(request: HttpRequest):
    after = request.POST["next"]
    if settings.DEBUG and not url_has_allowed_host_and_scheme(after, allowed_hosts=None):
        return redirect("home")
    return HttpResponseRedirect(after)  # expect: open-redirect from 110


# case: the name of a view with a constant beginning
def named(request: HttpRequest):
    return redirect("messages.{}".format(request.GET["box"]))


# case: a scheme with a constant beginning
def schemed(request: HttpRequest):
    return redirect("http{}".format(request.GET["rest"]))  # expect: open-redirect from 123


# case: a query that is put into the parts of an address
def with_query(request: HttpRequest):
    parts = urlparse("/books")
    query = urlencode({"after": request.GET["after"]})
    return redirect(ParseResult(parts.scheme, parts.netloc, parts.path, parts.params, query, "").geturl())


# case: a host that is put into the parts of an address
def with_host(request: HttpRequest):
    host = request.GET["host"]
    return redirect(ParseResult("https", host, "/", "", "", "").geturl())  # expect: open-redirect from 135


# case: a query that is added to where an answer leads
def added(request: HttpRequest):
    answer = redirect("year", request.POST["year"])
    answer["Location"] += "?key=1"
    return answer


# case: the host that the request was sent to is one of this site's
def own_host(request: HttpRequest):
    return HttpResponse(requests.get(f"https://{request.get_host()}/status", timeout=5).status_code)


# case: a host in a header
def any_host(request: HttpRequest):
    return HttpResponse(requests.get(f"https://{request.META['HTTP_X_HOST']}/", timeout=5).status_code)  # expect: ssrf from 153


# case: a parser of which nothing is known
def read_by(request: HttpRequest, context):
    return HttpResponse(len(etree.fromstring(request.body, context.parser)))


# case: a parser that was made here, as it is
def read_as_it_is(request: HttpRequest):
    parser = etree.XMLParser(recover=True)
    return HttpResponse(len(etree.fromstring(request.body, parser)))  # expect: xxe from 164


# case: a name whose separators are replaced
def flat(request: HttpRequest):
    name = request.GET["name"].replace(os.sep, "_")
    return HttpResponse(open(os.path.join("/srv/logs", f"{name}.log")).read(), content_type="text/plain")


# case: a name whose dots are replaced
def undotted(request: HttpRequest):
    name = request.GET["name"].replace("./", "_")
    return HttpResponse(open(os.path.join("/srv/logs", f"{name}.log")).read(), content_type="text/plain")  # expect: path-traversal from 175


# case: the names of what an address holds, in a view of an interface
class Item(APIView):
    def get(self, request):
        return HttpResponse(Book.objects.get(**self.kwargs).pk)


# case: a query that a function out of sight puts behind an address
def linked(request: HttpRequest):
    return redirect(address_of("/books", query_params=request.GET))


# case: an address that a function out of sight puts together
def linked_to(request: HttpRequest):
    return redirect(address_of("/books", target=request.GET["next"]))  # expect: open-redirect from 192


# case: names that are written out, through a function out of sight
def prepared(request: HttpRequest, number):
    values = registry["book"].prepare({"number": number, "owner": request.user})
    return HttpResponse(Book.objects.create(**values).pk)


# case: names that were sent, through a function out of sight
def prepared_as_sent(request: HttpRequest):
    values = registry["book"].prepare(request.POST)
    return HttpResponse(Book.objects.create(**values).pk)  # expect: mass-assignment from 203


# case: what an interface finds by a number holds what is stored
class Cover(APIView):
    def get(self, request, number):
        return HttpResponse(get_object_or_404(Book, pk=number).cover)


# case: the number itself
class Number(APIView):
    def get(self, request, number):
        book = get_object_or_404(Book, pk=number)
        return HttpResponse(book.cover + request.GET["note"])  # expect: xss-reflected from 217
