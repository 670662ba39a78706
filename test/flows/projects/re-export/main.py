from flask import Flask, request

from tools import run_shell, show
import tools.shell as shell
import tools.quiet

app = Flask(__name__)


@app.route("/run")
def run():
    run_shell(request.args["command"])
    return ""


@app.route("/again")
def again():
    shell.run_other(request.form["command"])
    return ""


@app.route("/quiet")
def quiet():
    tools.quiet.run_nothing(request.form["command"])
    show(request.form["command"])
    return ""
