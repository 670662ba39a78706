from django.http import HttpResponse
from django.utils.html import format_html, format_html_join
from flask import request, make_response
from markupsafe import Markup, escape


# case: markup that escapes what is filled in
def a(request):
    return HttpResponse(format_html("<p>{}</p>", request.GET["a"]))


# case: markup whose format is from outside
def b(request):
    return HttpResponse(format_html("<p>" + request.GET["a"] + "{}</p>", "x"))  # expect: xss-reflected from 14


# case: joined markup
def c(request):
    return HttpResponse(format_html_join("", "<li>{}</li>", ((x,) for x in request.GET.getlist("a"))))


# case: markupsafe formats
def d():
    return make_response(Markup("<p>{}").format(request.args["a"]))


def e():
    return make_response(Markup("<p>%s") % request.args["a"])


def f():
    return make_response(Markup("<p>") + request.args["a"])


def g():
    return make_response(Markup("<p>" + request.args["a"]))  # expect: xss-reflected from 36


def h():
    return make_response("<p>" + escape(request.args["a"]))


def i():
    return make_response(Markup("<p>%s" % request.args["a"]))  # expect: xss-reflected from 44
