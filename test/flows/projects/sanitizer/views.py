import subprocess

from flask import Flask, request

from cleaning import checked, quoted, untouched

app = Flask(__name__)


@app.route("/quoted")
def use_quoted():
    subprocess.run("ls " + quoted(request.args["path"]), shell=True)
    return ""


@app.route("/untouched")
def use_untouched():
    subprocess.run("ls " + untouched(request.args["path"]), shell=True)  # expect: command-injection from 18
    return ""


@app.route("/checked")
def use_checked():
    path = request.args["path"]
    checked(path)
    subprocess.run("ls " + path, shell=True)
    return ""
