from django.http import HttpResponse
from django.views import View


def order(request, number):
    return HttpResponse(f"<p>{number}</p>")


def note(request, number):
    return HttpResponse(f"<p>{number}</p>")  # expect: xss-reflected from 9


def memo(request, memo):
    return HttpResponse(f"<p>{memo}</p>")


def both(request, key):
    return HttpResponse(f"<p>{key}</p>")  # expect: xss-reflected from 17


class Item(View):
    def get(self, request, item):
        return HttpResponse(f"<p>{item}</p>")


class Thing(View):
    def get(self, request, item):
        return HttpResponse(f"<p>{item}</p>")  # expect: xss-reflected from 27
