import os

from .routes import bp


@bp.route("/show/<name>")
def show(name):
    os.system("show " + name)  # expect: command-injection from 7
    return ""


@bp.route("/item/<int:number>")
def item(number):
    os.system("show " + str(number))
    return ""


def helper(name):
    os.system("show " + name)
