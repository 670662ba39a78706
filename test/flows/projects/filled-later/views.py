import os

from flask import Flask, request

import state

app = Flask(__name__)


@app.route("/run")
def run():
    if state.manager is None:
        return ""
    os.system("run " + request.args["name"])  # expect: command-injection from 14
    return ""


@app.route("/stop")
def stop():
    state.current().note("stop")
    os.system("stop " + request.args["name"])  # expect: command-injection from 21
    return ""


@app.route("/level")
def level():
    if state.LEVEL == "high":
        os.system("level " + request.args["name"])
    return ""
