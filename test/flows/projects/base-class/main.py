from flask import Flask, request

from reports import Report

app = Flask(__name__)


class Sales(Report):
    def title(self):
        return "sales"

    def draw(self, name):
        self.render(name)
        self.store(name)


@app.route("/sales")
def sales():
    Sales().draw(request.args["name"])
    return ""
