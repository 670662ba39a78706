from flask import Flask, request

from tool import run

app = Flask(__name__)


@app.route("/run")
def view():
    run(request.args["command"])
    return ""
