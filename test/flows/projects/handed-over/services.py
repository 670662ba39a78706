import os
import sqlite3

from flask import request

db = sqlite3.connect("shop.db")


class Job:
    def __init__(self, kind, host):
        self.kind = kind
        self.host = host

    @classmethod
    def from_request(cls, given):
        return cls(given.args["kind"], given.args["host"])


def parameters():
    return {"name": request.args["name"], "page": int(request.args["page"])}


def search(options):
    return db.execute(f"SELECT * FROM p WHERE name = '{options['name']}'").fetchall()  # expect: sql-injection from 20


def page(options):
    return db.execute(f"SELECT * FROM p LIMIT {options['page']}").fetchall()


class Runner:
    def __init__(self, job):
        self.job = job

    def __call__(self):
        return getattr(self, f"do_{self.job.kind}", self.unknown)()

    def do_ping(self):
        os.system(f"ping {self.job.host}")  # expect: command-injection from 16

    def do_wait(self):
        os.system("sleep 1")

    def unknown(self):
        return None


def unused(options):
    return db.execute(f"SELECT * FROM p WHERE name = '{options['name']}'").fetchall()
