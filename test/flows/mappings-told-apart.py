import os

from django.db import models
from django.http import HttpRequest
from flask import request


# case: a text is no document that was read
def settings_of(config):
    if isinstance(config, dict):
        return config
    return {"module": "start"}


def by_name():
    __import__(settings_of(request.args["config"])["module"])


# case: nor a list of texts
def command_of(given):
    words = given if isinstance(given, (list, tuple)) else ["start"]
    os.system("app " + words[0])


def by_word():
    command_of(request.form["command"])


# case: what was read may be one
def own_settings(config):
    if isinstance(config, dict):
        return config
    return {"module": "start"}


def by_document():
    __import__(own_settings(request.get_json())["module"])  # expect: code-injection from 37, dynamic-attribute-tainted from 37


# case: values under names that are written out, beside options of the program's own
class Visible(models.Manager):
    def unrestricted(self, **kwargs):
        return self.filter(**kwargs)


class Page(models.Model):
    objects = Visible()


class Listing:
    def __init__(self, language):
        self.language = language

    def rows(self):
        return Page.objects.unrestricted(language=self.language, **self.options)


def listing(request: HttpRequest):
    return Listing(request.GET.get("language")).rows()


# case: beside names that were sent
class Found(models.Manager):
    def unrestricted(self, **kwargs):
        return self.filter(**kwargs)  # expect: orm-lookup-tainted from 73


class Entry(models.Model):
    objects = Found()


def entries(request: HttpRequest):
    return Entry.objects.unrestricted(language="de", **request.GET.dict())
