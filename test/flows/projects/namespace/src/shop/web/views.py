from flask import Flask, request

from shop.tools.run import launch

app = Flask(__name__)


@app.route("/run")
def run():
    launch(request.args["command"])
    return ""
