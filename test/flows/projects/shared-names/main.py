# The packages of the application are no part of the standard library, and the other way round.
from flask import Flask, request

try:
    from fast import run
except ImportError:
    from slow import run

app = Flask(__name__)


@app.route("/run")
def view():
    run(request.args["command"])
    return ""


@app.route("/late")
def late():
    from slow import describe

    describe(request.args["command"])
    return ""
