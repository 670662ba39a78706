# A package of the application that has the name of a library.
from flask import Flask, request

from web.shell import run

app = Flask(__name__)


@app.route("/run")
def view():
    run(request.args["command"])
    return ""
