import argparse
import email.mime.text
import logging
import os
import sqlite3

import boto3
import celery
import click
import openai
import paramiko
import streamlit
import twilio.rest
import werkzeug.wrappers
from django.core.mail import send_mail
from flask import request

logger = logging.getLogger(__name__)


# case: the command line: an argument of a parser
def parsed():
    options = argparse.ArgumentParser().parse_args()
    os.system("ls " + options.folder)  # expect: env-to-shell from 23


# case: the command line: an option of a command
@click.command()
@click.option("--folder")
def command(folder):
    os.system("ls " + folder)  # expect: env-to-shell from 30


# case: a page that a notebook or an application shows
def shown():
    streamlit.markdown("<b>" + request.args["a"], unsafe_allow_html=True)  # expect: xss-reflected from 36


# case: text that an application shows
def shown_text():
    streamlit.markdown("**" + request.args["a"])


# case: what a language model answers, run
def answered():
    answer = openai.OpenAI().chat.completions.create(model="m", messages=[])
    os.system(answer.choices[0].message.content)  # expect: llm-output-to-sink from 46


# case: mail: a body that is a page
def mailed():
    send_mail("Hello", "text", "a@example.org", ["b@example.org"], html_message="<p>" + request.args["a"])  # expect: xss-reflected from 52
    email.mime.text.MIMEText("<p>" + request.args["a"], "html")  # expect: xss-reflected from 53


# case: mail: a body that is text
def mailed_text():
    send_mail("Hello", request.args["a"], "a@example.org", ["b@example.org"])
    email.mime.text.MIMEText(request.args["a"], "plain")


# case: queues: the parameter of a task
@celery.shared_task
def task(folder):
    os.system("ls " + folder)  # expect: command-injection from 64


# case: jobs: a file that the program itself names
@celery.shared_task
def tidy(name, pages):
    os.remove("/var/exports/" + name)
    return [number for number in range(pages)]


# case: queues: a message
def received():
    message = boto3.client("sqs").receive_message(QueueUrl="q")["Messages"][0]
    os.system(message["Body"])  # expect: command-injection from 77


# case: a command line for another machine
def remote():
    paramiko.SSHClient().exec_command("ls " + request.args["a"])  # expect: ssh-remote-command-injection from 83


# case: a constant command line for another machine
def remote_constant():
    paramiko.SSHClient().exec_command("uptime")


# case: a stored secret in a log
def secret():
    value = boto3.client("secretsmanager").get_secret_value(SecretId="a")
    logger.info(value["SecretString"])


# case: the file of a database
def database():
    sqlite3.connect("/srv/" + request.args["a"])  # expect: path-traversal from 99


# case: telephony: a document put together
def called():
    twilio.rest.Client().calls.create(twiml=f"<Response><Say>{request.args['a']}</Say></Response>")  # expect: xss-reflected from 104


# case: Werkzeug: a response of its own
def werkzeugs(environ):
    incoming = werkzeug.wrappers.Request(environ)
    return werkzeug.wrappers.Response("<p>" + incoming.args["a"], mimetype="text/html")  # expect: xss-reflected from 110


# case: Werkzeug: a response that is text
def werkzeug_text(environ):
    incoming = werkzeug.wrappers.Request(environ)
    return werkzeug.wrappers.Response(incoming.args["a"], mimetype="text/plain")


import zipfile

# case: an uploaded file is no path
def archive_that_is_uploaded():
    return zipfile.ZipFile(request.files["archive"])


# case: the name of an uploaded file is one
def archive_by_its_name():
    return zipfile.ZipFile("/srv/" + request.files["archive"].filename)  # expect: path-traversal from 128
