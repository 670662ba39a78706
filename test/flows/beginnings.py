import csv
import ipaddress
import os
import socket
import subprocess
import zipfile
from urllib.parse import urlsplit

import requests
from flask import Flask, abort, request

app = Flask(__name__)
ROOT = os.path.realpath("/srv/files")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


# case: a word that begins with no dash is no option
def no_option():
    ref = request.args["ref"]
    if ref.startswith("-"):
        abort(400)
    subprocess.run(["git", "log", ref])


# case: a word that begins with no slash may still be an option
def may_be_option():
    ref = request.args["ref"]
    if ref.startswith("/"):
        abort(400)
    subprocess.run(["git", "log", ref])  # expect: argument-injection from 27


# case: a cell that begins with a quote is no formula
def quoted(out):
    csv.writer(out).writerow(["'" + request.args["a"], f"name: {request.args['b']}"])


# case: a cell that is written as a formula
def formula(out):
    csv.writer(out).writerow(["=" + request.args["a"]])  # expect: csv-injection from 40


# case: a quote in front of what begins like a formula
def quoted_where_due(out):
    cell = request.args["a"]
    if cell and cell[0] in "=+-@\t\r":
        cell = "'" + cell
    csv.writer(out).writerow([cell])


# case: a function that puts a quote in front
def plain_cell(text):
    return "'" + text if text.startswith(FORMULA) else text


def quoted_by_function(out):
    csv.writer(out).writerow([plain_cell(request.args["a"]), plain_cell(request.args["b"])])


# case: the end of a cell says nothing of its beginning
def quoted_by_end(out):
    cell = request.args["a"]
    if cell and cell[-1] in "=+-@\t\r":
        cell = "'" + cell
    csv.writer(out).writerow([cell])  # expect: csv-injection from 62


# case: an address outside the own network
def is_public(url):
    host = urlsplit(url).hostname
    for *_, address in socket.getaddrinfo(host, None):
        if ipaddress.ip_address(address[0]).is_private:
            return False
    return True


def fetch_public():
    url = request.args["url"]
    if not is_public(url):
        abort(400)
    return requests.get(url, timeout=5).json()


# case: an address that is none of a group's
def is_single(url):
    host = urlsplit(url).hostname
    for *_, address in socket.getaddrinfo(host, None):
        if ipaddress.ip_address(address[0]).is_multicast:
            return False
    return True


def fetch_single():
    url = request.args["url"]
    if not is_single(url):
        abort(400)
    return requests.get(url, timeout=5).json()  # expect: ssrf from 94


# case: one address that everybody may reach
def fetch_global():
    host = request.args["host"]
    if not ipaddress.ip_address(socket.gethostbyname(host)).is_global:
        abort(400)
    return requests.get(f"https://{host}/status", timeout=5).json()


# case: one address of the own network
def fetch_own():
    host = request.args["host"]
    if not ipaddress.ip_address(socket.gethostbyname(host)).is_private:
        abort(400)
    return requests.get(f"https://{host}/status", timeout=5).json()  # expect: ssrf from 110


# case: what is proved of each path in a loop
def extract_each(path):
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            target = os.path.realpath(os.path.join(ROOT, member.filename))
            if os.path.commonpath([ROOT, target]) != ROOT:
                raise ValueError(member.filename)
            with open(target, "wb") as out:
                out.write(archive.read(member))


# case: what is proved of another path in a loop
def extract_others(path):
    with zipfile.ZipFile(path) as archive:
        for member in archive.infolist():
            target = os.path.realpath(os.path.join(ROOT, member.filename))
            other = os.path.realpath(os.path.join(ROOT, "x"))
            if os.path.commonpath([ROOT, other]) != ROOT:
                raise ValueError(member.filename)
            with open(target, "wb") as out:  # expect: zip-slip-manual-extract from 131
                out.write(archive.read(member))
