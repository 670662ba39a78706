import csv
import os
import subprocess
from urllib.parse import urlparse

from flask import abort, request


# case: an address that begins with its scheme is no option
def begins_with_scheme():
    url = request.args["url"]
    if not url.startswith("https://"):
        abort(400)
    subprocess.run(["git", "clone", url, "/srv/clone"])


# case: an address that begins with one of two schemes
def begins_with_one_of_two():
    url = request.args["url"]
    if not url.startswith(("https://", "http://")):
        abort(400)
    subprocess.run(["wget", url])


# case: the scheme of an address is one of a list
def scheme_of_list():
    url = request.args["url"]
    if urlparse(url).scheme not in ("https", "http"):
        abort(400)
    subprocess.run(["wget", url])


# case: a name that begins with a letter is no formula
def begins_with_letter():
    name = request.args["name"]
    if name.startswith("order-"):
        csv.writer(open("/srv/table.csv", "w")).writerow([name])


# case: a beginning that may be a dash
def begins_with_dash():
    url = request.args["url"]
    if not url.startswith(("https://", "-")):
        abort(400)
    subprocess.run(["wget", url])  # expect: argument-injection from 42


# case: a beginning that is one of two conditions
def begins_or_is_long():
    url = request.args["url"]
    if url.startswith("https://") or len(url) > 20:
        subprocess.run(["wget", url])  # expect: argument-injection from 50


# case: the host of an address does not say how it begins
def host_of_address():
    url = request.args["url"]
    if not urlparse(url).netloc:
        abort(400)
    subprocess.run(["wget", url])  # expect: argument-injection from 57


# case: a path that begins with a folder is no option
def begins_with_folder():
    path = os.path.join("/srv/pictures", request.args["name"])
    subprocess.run(["convert", path, "-resize", "100x100", path + ".png"])


# case: a folder that is chosen outside may be an option
def begins_with_chosen():
    path = os.path.join(request.args["folder"], "a.png")
    subprocess.run(["wget", path])  # expect: argument-injection from 71
