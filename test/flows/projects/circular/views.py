from flask import request

from app import app, run_tool


@app.route("/run")
def run():
    run_tool(request.args["arguments"])
    return ""


@app.route("/fixed")
def fixed():
    run_tool("--version")
    return ""


def log(text):
    return text
