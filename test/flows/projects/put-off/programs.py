import os

from flask import request

SAFE = {"list": "ls -l", "free": "df -h", "load": "uptime -p"}
COMMANDS = {"list": "ls -l", "free": "df -h", "load": "uptime -p"}
COMMANDS["own"] = "ls " + request.args["name"]
FIRST = " ".join([request.args["name"], "--all", "--now", "--quiet"])
FIRST = "ls -l"
LAST = "ls -l"
LAST = " ".join([request.args["name"], "--all", "--now", "--quiet"])


def choose():
    global CHOSEN
    CHOSEN = request.args["name"]


CHOSEN = " ".join(["ls", "-l", "--all", "--human-readable"])


class Shell:
    ALLOWED = {"list": "ls -l", "free": "df -h", "load": "uptime -p"}
    GIVEN = {"list": "ls -l", "own": request.args["name"], "load": "uptime -p"}
    USED = [GIVEN["own"], GIVEN["list"], GIVEN["load"]]

    if os.name == "posix":

        def run(self, name):
            os.system(self.ALLOWED["list"])
            os.system(name)  # expect: command-injection from main.py:15
