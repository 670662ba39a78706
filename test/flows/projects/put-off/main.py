import os

from flask import Flask, request

import programs
from programs import COMMANDS, FIRST, LAST, SAFE, Shell


app = Flask(__name__)


@app.route("/")
def main():
    # What names of another module and of its classes are given, however late it is worked out.
    name = request.args["name"]
    os.system(SAFE["list"])
    os.system(COMMANDS["list"])
    os.system(COMMANDS["own"])  # expect: command-injection from programs.py:7
    os.system(FIRST)
    os.system(LAST)  # expect: command-injection from programs.py:11
    os.system(Shell.ALLOWED["list"])
    os.system(Shell.GIVEN["own"])  # expect: command-injection from programs.py:24
    os.system(Shell.USED[0])  # expect: command-injection from programs.py:24
    Shell().run(name)
    os.system(programs.CHOSEN)
    return ""
