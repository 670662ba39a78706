import os
from flask import request


class Base:
    def part(self, text):
        return text

    @classmethod
    def named(cls, text):
        return text


class Loud(Base):
    def part(self, text):
        return super().part(text).upper()


class Fixed(Base):
    def part(self, text):
        return "ls"

    @classmethod
    def named(cls, text):
        return "ls"


class Shouted:
    def part(self, text):
        return super().part(text).upper()


class LoudAndFixed(Loud, Fixed):
    pass


class ShoutedBase(Shouted, Base):
    pass


class ShoutedFixed(Shouted, Fixed, Base):
    pass


class Named(Loud, Fixed):
    @classmethod
    def named(cls, text):
        return super().named(text)


# case: super() of a class alone asks its parent
def parent_alone():
    os.system(Loud().part(request.args["w"]))  # expect: command-injection from 53


# case: super() asks the class that stands beside it in the one of the object
def beside_it():
    os.system(LoudAndFixed().part(request.args["w"]))


# case: super() of a class without parents asks what the object's class has behind it
def mixed_in():
    os.system(ShoutedBase().part(request.args["w"]))  # expect: command-injection from 63


# case: super() of a class without parents asks the next, not the last
def mixed_in_before_another():
    os.system(ShoutedFixed().part(request.args["w"]))


# case: a parent that two parents have in common comes behind both
def common_parent():
    os.system(LoudAndFixed().named(request.args["w"]))


# case: super() of a class method goes by the same order
def class_method():
    os.system(Named.named(request.args["w"]))
