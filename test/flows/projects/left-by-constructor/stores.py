from flask import request


class Store:
    def __init__(self):
        self.listing = "ls -l"
        self.own = "ls " + request.args["name"]
        self.commands = {"list": "ls -l", "own": "ls " + request.args["name"]}

    def close(self):
        self.listing = None
