import csv
import io
import json
import os

from flask import request


# case: rows of a file that was sent
def rows():
    for row in csv.DictReader(io.StringIO(request.files["f"].read().decode())):
        os.system(row["a"])  # expect: command-injection from 11


def columns():
    for row in csv.reader(request.files["f"].stream):
        os.system(row[0])  # expect: command-injection from 16


# case: a document that is read from the request
def document():
    os.system(json.load(request.stream)["a"])  # expect: command-injection from 22


# case: who chooses a file has not written it
def chosen():
    with open(request.args["a"]) as stream:  # expect: path-traversal from 27
        os.system(json.load(stream)["a"])


def chosen_rows():
    for row in csv.reader(open(request.args["a"])):  # expect: path-traversal from 32
        os.system(row[0])


# case: a header that is looked up with a default
def header(environ, start_response):
    os.system(environ.get("QUERY_STRING", ""))  # expect: command-injection from 38


def setting(environ, start_response):
    os.system(environ.get("SERVER_SOFTWARE", ""))
