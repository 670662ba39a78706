import json

from base import Answers, Base, Pages


class Between(Answers):
    pass


class Book(Between):
    def get(self, name):
        self.write(json.dumps({"name": name}))


class Page(Pages):
    def get(self, name):
        self.write("<p>" + name)  # expect: xss-reflected from 16


class Other(Base):
    def get(self, name):
        self.write("<p>" + name)  # expect: xss-reflected from 21
