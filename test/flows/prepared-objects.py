import os

import tornado.web
from django.views import View


class Base(tornado.web.RequestHandler):
    def initialize(self, mode="short"):
        self.mode = mode

    def prepare(self):
        self.back = self.get_query_argument("back", "/")
        self.folder = "files"


# case: what a framework runs on the object first is there in the method, of a class below as well
class Leave(Base):
    def post(self):
        self.redirect(self.back)  # expect: open-redirect from 12


# case: what it has set to a constant
class Show(Base):
    def get(self):
        os.system("ls " + self.folder)
        os.system("ls " + self.mode)


# case: what a class below sets in its place
class Stay(Base):
    def prepare(self):
        super().prepare()
        self.back = "/"

    def post(self):
        self.redirect(self.back)


class Listing(View):
    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.order = request.GET.get("order", "id")
        self.size = int(request.GET.get("size", "20"))


# case: a view that is set up in the class above
class Named(Listing):
    def get(self, request):
        os.system("ls " + self.order)  # expect: command-injection from 42


# case: a number that the class above has made of it
class Sized(Listing):
    def get(self, request):
        os.system("ls -w " + str(self.size))
