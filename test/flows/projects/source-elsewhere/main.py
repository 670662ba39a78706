import os

from flask import Flask

from inputs import chosen, fixed

app = Flask(__name__)


@app.route("/run")
def run():
    os.system("run " + chosen())  # expect: command-injection from inputs.py:5
    return ""


@app.route("/fixed")
def run_fixed():
    os.system("run " + fixed())
    return ""
