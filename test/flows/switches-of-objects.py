import os
from flask import request


class Switch:
    def __init__(self, is_on):
        self.is_on = is_on

    def given(self, text):
        return text if self.is_on else "ls"


# case: an object is asked whether it is on after another that is off
def on_and_off():
    word = request.args["w"]
    os.system(Switch(False).given(word))
    os.system(Switch(True).given(word))  # expect: command-injection from 15


# case: an object is asked whether it is off after another that is on
def off_and_on():
    word = request.args["w"]
    os.system(Switch(True).given(word))  # expect: command-injection from 22
    os.system(Switch(False).given(word))
