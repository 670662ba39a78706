import os
import subprocess

from django.views import View
from django.views.generic import FormView
from flask import request


# case: names that every object of another language has are names like others
def by_text():
    name = request.args["name"]
    if "constructor" not in name:
        os.system("ls " + name)  # expect: command-injection from 11


class Orders(View):
    def toString(self):
        return self.constructor

    def get(self, request):
        os.system("ls " + request.GET["a"] + self.valueOf + self.toString())  # expect: command-injection from 21


class Search(FormView):
    def constructor(self, form):
        return form

    def hasOwnProperty(self):
        return "/"


def by_program():
    subprocess.run(["toString", "-v", request.args["name"]])
    os.system("ls " + request.args["a"])  # expect: command-injection from 34
