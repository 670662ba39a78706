import argparse
import json
import logging
import os
import smtplib
import subprocess
from email.message import EmailMessage
from email.mime.text import MIMEText

import click
from django import forms
from django.db import connection
from django.views.generic import FormView
from flask import Flask, Response, request

app = Flask(__name__)


# case: options of a program that are numbers or choices
def program():
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", "-c", type=int)
    parser.add_argument("mode", choices=["a", "b"])
    parser.add_argument("--dry-run", action="store_true")
    options = parser.parse_args()
    subprocess.call("run %s %s %s" % (options.count, options.mode, options.dry_run), shell=True)


def program_of_texts():
    parser = argparse.ArgumentParser()
    parser.add_argument("--number", type=int)
    parser.add_argument("--name")
    options = parser.parse_args()
    subprocess.call("run " + options.name, shell=True)  # expect: env-to-shell from 33


# case: options of a command that are numbers or choices
@click.command()
@click.option("--count", type=int)
@click.option("--mode", type=click.Choice(["a", "b"]))
@click.option("--name")
def command(count, mode, name):
    subprocess.call(f"run {count} {mode}", shell=True)
    subprocess.call(f"run {name}", shell=True)  # expect: env-to-shell from 42


# case: what an option of the program takes
def fetch():
    subprocess.run(["curl", "--user-agent", request.args["a"], "https://example.org/"], check=True)
    subprocess.run(["git", "commit", "-m", request.args["a"]], check=True)


def fetch_any():
    subprocess.run(["curl", "-s", request.args["a"]], check=True)  # expect: argument-injection from 54


# case: the headers of a mail that is written by hand
def mail(server: smtplib.SMTP):
    subject = request.args["a"]
    server.sendmail("a", "b", "Subject: " + subject + "\r\n\r\nhello")  # expect: mail-header-injection from 59


def mail_body(server: smtplib.SMTP):
    server.sendmail("a", "b", "Subject: hello\r\n\r\n" + request.args["a"])


# case: the headers of a message
def message():
    made = MIMEText("hello")
    made["Subject"] = request.args["a"]  # expect: header-injection from 70


def message_that_refuses():
    made = EmailMessage()
    made["Subject"] = request.args["a"]


# case: what a form holds that its view is handed
class Search(forms.Form):
    q = forms.CharField()
    n = forms.IntegerField()


class SearchView(FormView):
    form_class = Search

    def form_valid(self, form):
        with connection.cursor() as cursor:
            cursor.execute("select '%s'" % form.cleaned_data["q"])  # expect: sql-injection from 87
            cursor.execute("select %s" % form.cleaned_data["n"])
            cursor.execute("select %s", [form.cleaned_data["q"]])


# case: JSON in a page
@app.get("/a")
def script():
    return "<script>let a = " + json.dumps(request.args["a"]) + "</script>"  # expect: xss-reflected from 97


@app.get("/b")
def document():
    return Response(json.dumps({"a": request.args["a"]}), mimetype="application/json")


@app.get("/c")
def document_with_headers():
    return json.dumps({"a": request.args["a"]}), 200, {"Content-Type": "application/json"}


# case: what is written down on one line
def noted():
    logging.info("%s", repr(request.args["a"]))
    logging.info("%s", json.dumps(request.args["a"]))
    logging.info("%s", request.args["a"].encode("unicode_escape").decode())
    logging.info("%s", request.args["a"].encode("utf-8").decode())  # expect: log-injection from 115


# case: an absolute path without dots
def normal():
    return Response(open("/srv/" + os.path.normpath("/" + request.args["a"]).lstrip("/")).read(), mimetype="image/png")


def normal_but_relative():
    return Response(open("/srv/" + os.path.normpath(request.args["a"])).read())  # expect: path-traversal from 124


def normal_and_absolute():
    return Response(open(os.path.normpath("/srv/" + request.args["a"])).read())  # expect: path-traversal from 128


# case: where a constant stands in a list
def place():
    names = ["a", "b", request.args["a"]]
    os.system(names[[1, 2, 3].index(2)])
    os.system(names[[1, 2, 3].index(3)])  # expect: command-injection from 133
