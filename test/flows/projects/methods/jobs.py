import os
import shlex
from functools import cached_property

PROGRAM = "show"


def quoted(function):
    def run(self, name):
        return function(self, shlex.quote(name))

    return run


class Job:
    program = PROGRAM

    def __init__(self, name):
        self.name = name

    @property
    def title(self):
        return self._title

    @title.setter
    def title(self, title):
        self._title = "to " + title

    @cached_property
    def line(self):
        return self.program + " " + self.name

    def start(self, program=program):
        os.system(program + " " + self.name)  # expect: command-injection from main.py:13

    begin = start

    @quoted
    def draw(self, name):
        os.system("draw " + name)

    def keep(self, name):
        os.system("keep " + name)

    @staticmethod
    def print(name):
        os.system("print " + name)  # expect: command-injection from main.py:28

    class Step:
        def run(self, name):
            os.system("step " + name)  # expect: command-injection from main.py:29

    if PROGRAM:

        def keep(self, name):
            os.system("keep " + shlex.quote(name))
