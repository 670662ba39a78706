from flask import request


def chosen():
    return request.args["name"]


def fixed():
    return "report" if request.args.get("kind") else "summary"
