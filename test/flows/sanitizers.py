import hashlib
import html
import ipaddress
import os
import shlex
import sqlite3
import subprocess
from pathlib import Path
from urllib.parse import urlencode, urljoin, urlparse

import requests
from flask import Flask, abort, redirect, request, send_file, url_for
from markupsafe import Markup, escape
from werkzeug.security import safe_join
from werkzeug.utils import secure_filename

app = Flask(__name__)
db = sqlite3.connect("app.db")
BASE = "/srv/files"
HOSTS = {"api.example.org", "cdn.example.org"}


# case: shlex.quote for a shell
def quoted():
    os.system("ls " + shlex.quote(request.args["a"]))


# case: shlex.quote for a database
def quoted_elsewhere():
    db.execute("SELECT * FROM t WHERE a = " + shlex.quote(request.args["a"]))  # expect: sql-injection from 30


# case: quoted first, replaced afterwards
def quoted_then_replaced():
    a = shlex.quote(request.args["a"])
    a = request.args["b"]
    os.system("ls " + a)  # expect: command-injection from 36


# case: quoted, then joined with what is not
def quoted_and_not():
    a = shlex.quote(request.args["a"])
    os.system("ls " + a + request.args["b"])  # expect: command-injection from 43


# case: html.escape for a page
@app.route("/escaped")
def escaped():
    return "<p>" + html.escape(request.args["a"]) + "</p>"


# case: no escape for a page
@app.route("/unescaped")
def unescaped():
    return "<p>" + request.args["a"] + "</p>"  # expect: xss-reflected from 55


# case: html.escape for a shell
def escaped_elsewhere():
    os.system("ls " + html.escape(request.args["a"]))  # expect: command-injection from 60


# case: markupsafe.escape
@app.route("/marked")
def marked():
    return Markup("<p>") + escape(request.args["a"])


# case: Markup of the value itself
@app.route("/markup")
def markup():
    return Markup(request.args["a"])  # expect: xss-reflected from 72


# case: an int for a database
def number():
    db.execute("SELECT * FROM t WHERE a = " + str(int(request.args["a"])))


# case: a number by the type of get
def number_by_type():
    a = request.args.get("a", type=int)
    db.execute(f"SELECT * FROM t WHERE a = {a}")


# case: text by the type of get
def text_by_type():
    a = request.args.get("a", type=str)
    db.execute(f"SELECT * FROM t WHERE a = {a}")  # expect: sql-injection from 88


# case: a hash
def hashed():
    digest = hashlib.sha256(request.args["a"].encode()).hexdigest()
    db.execute("SELECT * FROM t WHERE a = '" + digest + "'")


# case: secure_filename
def secured():
    return open(os.path.join(BASE, secure_filename(request.args["a"]))).read()


# case: join alone
def joined():
    return open(os.path.join(BASE, request.args["a"])).read()  # expect: path-traversal from 105


# case: secure_filename does not stop a shell
def secured_elsewhere():
    os.system("cat " + html.unescape(request.args["a"]))  # expect: command-injection from 110


# case: safe_join
def safely_joined():
    return open(safe_join(BASE, request.args["a"])).read()


# case: basename
def base_name():
    return open(os.path.join(BASE, os.path.basename(request.args["a"]))).read()


# case: dirname
def directory_name():
    return open(os.path.join(BASE, os.path.dirname(request.args["a"]))).read()  # expect: path-traversal from 125


# case: normpath alone proves nothing
def normalised():
    return open(os.path.normpath(os.path.join(BASE, request.args["a"]))).read()  # expect: path-traversal from 130


# case: realpath with a check of the beginning
def real_path_checked():
    path = os.path.realpath(os.path.join(BASE, request.args["a"]))
    if not path.startswith(BASE + os.sep):
        abort(404)
    return open(path).read()


# case: a check of the beginning before the path is resolved
def unresolved_checked():
    path = os.path.join(BASE, request.args["a"])
    if not path.startswith(BASE):
        abort(404)
    return open(path).read()  # expect: path-traversal from 143


# case: the check the wrong way round
def real_path_wrong():
    path = os.path.realpath(os.path.join(BASE, request.args["a"]))
    if path.startswith(BASE + os.sep):
        abort(404)
    return open(path).read()  # expect: path-traversal from 151


# case: commonpath
def common_path():
    path = os.path.realpath(os.path.join(BASE, request.args["a"]))
    if os.path.commonpath([path, BASE]) != BASE:
        abort(404)
    return open(path).read()


# case: resolve and is_relative_to
def relative_to():
    path = (Path(BASE) / request.args["a"]).resolve()
    if not path.is_relative_to(BASE):
        abort(404)
    return path.read_text()


# case: is_relative_to without resolve
def unresolved_relative():
    path = Path(BASE) / request.args["a"]
    if not path.is_relative_to(BASE):
        abort(404)
    return path.read_text()  # expect: path-traversal from 175


# case: resolve alone
def resolved():
    path = (Path(BASE) / request.args["a"]).resolve()
    return path.read_text()  # expect: path-traversal from 183


# case: resolve and a look at the parents
def in_parents():
    path = (Path(BASE) / request.args["a"]).resolve()
    if Path(BASE) not in path.parents:
        abort(404)
    return path.read_text()


# case: relative_to raises
def relative_raises():
    path = (Path(BASE) / request.args["a"]).resolve()
    try:
        path.relative_to(BASE)
    except ValueError:
        abort(404)
    return path.read_text()


# case: only the name of a path
def path_name():
    return (Path(BASE) / Path(request.args["a"]).name).read_text()


# case: dots taken out are a denylist
def dots_removed():
    return open(BASE + request.args["a"].replace("../", "")).read()  # expect: path-traversal from 212


# case: dots looked for are a denylist, which is enough for nobody
def file_by_number():
    return open(f"{BASE}/{int(request.args['a'])}.txt").read()


# case: a list without a shell
def argument_list():
    subprocess.run(["ls", request.args["a"]])


# case: the program of a list
def program():
    subprocess.run([request.args["a"], "-l"])  # expect: command-injection from 227


# case: a shell in a list
def shell_in_list():
    subprocess.run(["sh", "-c", "ls " + request.args["a"]])  # expect: command-injection from 232


# case: a string with a shell
def shell_string():
    subprocess.run("ls " + request.args["a"], shell=True)  # expect: command-injection from 237


# case: split without a shell
def split_command():
    subprocess.run(shlex.split("ls " + shlex.quote(request.args["a"])))


# case: a redirect to what the request says
@app.route("/go")
def go():
    return redirect(request.args["next"])  # expect: open-redirect from 248


# case: a redirect to a page of this application
@app.route("/page")
def page():
    return redirect(url_for("show", name=request.args["name"]))


# case: a redirect below a fixed path
@app.route("/below")
def below():
    return redirect("/users/" + request.args["name"])


# case: a redirect to a fixed host
@app.route("/host")
def host():
    return redirect("https://www.example.org/?q=" + request.args["q"])


# case: a redirect to a host that begins like a fixed one
@app.route("/host-open")
def host_open():
    return redirect("https://www.example.org" + request.args["q"])  # expect: open-redirect from 272


# case: a redirect to a host of a list
@app.route("/listed")
def listed():
    target = request.args["next"]
    if urlparse(target).hostname not in HOSTS:
        abort(400)
    return redirect(target)


# case: a redirect to what has no host
@app.route("/local")
def local():
    target = request.args["next"]
    if urlparse(target).netloc != "":
        abort(400)
    return redirect(target)


# case: a redirect after a check of another part
@app.route("/scheme")
def scheme():
    target = request.args["next"]
    if urlparse(target).scheme not in ("http", "https"):
        abort(400)
    return redirect(target)  # expect: open-redirect from 296


# case: a request to a chosen address
def fetched():
    return requests.get(request.args["url"]).status_code  # expect: ssrf from 304


# case: a request to a fixed host
def fetched_fixed():
    return requests.get("https://api.example.org/users/" + request.args["id"]).status_code


# case: a request whose host is checked
def fetched_checked():
    url = request.args["url"]
    if urlparse(url).hostname not in HOSTS:
        abort(400)
    return requests.get(url).status_code


# case: a request whose address is looked for in the text
def fetched_contains():
    url = request.args["url"]
    if "example.org" not in url:
        abort(400)
    return requests.get(url).status_code  # expect: ssrf from 322


# case: a request with chosen parameters
def fetched_parameters():
    return requests.get("https://api.example.org/", params={"q": request.args["q"]}).status_code


# case: a request to a joined address
def fetched_joined():
    return requests.get(urljoin("https://api.example.org/", request.args["path"])).status_code  # expect: ssrf from 335


# case: a request to a chosen host
def fetched_host():
    return requests.get(f"https://{request.args['host']}/status").status_code  # expect: ssrf from 340


# case: a request to a chosen number
def fetched_number():
    return requests.get(f"https://node-{int(request.args['n'])}.example.org/").status_code


# case: an address that is parsed is no shell text
def address():
    os.system("ping " + str(ipaddress.ip_address(request.args["a"])))


# case: a path that exists is not thereby inside
def exists():
    path = os.path.join(BASE, request.args["a"])
    if not os.path.isfile(path):  # expect: path-probed from 355
        abort(404)
    return send_file(path)  # expect: path-traversal from 355


# case: a file of a fixed name
def fixed_file():
    name = request.args["a"]
    return send_file(BASE + "/report.pdf", download_name=name)


# case: the answer is escaped by a helper
@app.route("/helper")
def by_helper():
    return "<p>" + clean(request.args["a"]) + "</p>"


def clean(text):
    return html.escape(text)


# case: the answer is not escaped by a helper that looks like it
@app.route("/helper-not")
def by_no_helper():
    return "<p>" + clean_badly(request.args["a"]) + "</p>"  # expect: xss-reflected from 380


def clean_badly(text):
    html.escape(text)
    return text


# case: escaped on one way only
@app.route("/one-way")
def one_way():
    a = request.args["a"]
    if len(a) > 10:
        a = html.escape(a)
    return "<p>" + a + "</p>"  # expect: xss-reflected from 391


# case: escaped on both ways
@app.route("/both-ways")
def both_ways():
    a = request.args["a"]
    if len(a) > 10:
        a = html.escape(a)[:10]
    else:
        a = html.escape(a)
    return "<p>" + a + "</p>"


# case: cleaned text in a page that a file holds
@app.route("/mixed")
def mixed():
    page = open("page.html").read()
    return page.replace("NAME", html.escape(request.args["a"]))


# case: cleaned text and text that is not, in a page that a file holds
@app.route("/mixed-twice")
def mixed_twice():
    page = open("page.html").read().replace("NAME", html.escape(request.args["a"]))
    return page + request.args["b"]  # expect: xss-reflected from 419


# case: no parent folder in what stands behind a folder
def below_a_folder():
    name = request.args["name"]
    if ".." in name:
        abort(400)
    return open("/srv/" + name)


# case: no parent folder, and joined: an absolute path replaces the folder
def joined_without_parent():
    name = request.args["name"]
    if ".." in name:
        abort(400)
    return open(os.path.join("/srv", name))  # expect: path-traversal from 432


# case: no parent folder, not absolute, and joined
def joined_relative():
    name = request.args["name"]
    if ".." in name or name.startswith("/"):
        abort(400)
    return open(os.path.join("/srv", name))


# case: not absolute, asked of the library
def joined_not_absolute():
    name = request.args["name"]
    if os.path.isabs(name) or ".." in name:
        abort(400)
    return open(os.path.join("/srv", name))


# case: not absolute, and with parent folders
def joined_with_parents():
    name = request.args["name"]
    if os.path.isabs(name):
        abort(400)
    return open(os.path.join("/srv", name))  # expect: path-traversal from 456


# case: parent folders are taken out
def without_parents():
    name = request.args["name"].replace("..", "")
    return open(f"/srv/{name}")


# case: steps to a parent folder are taken out once
def without_steps():
    name = request.args["name"].replace("../", "")
    return open(f"/srv/{name}")  # expect: path-traversal from 470


# case: the last part of a path, by splitting it
def last_part():
    name = request.args["name"].split("/")[-1]
    return open(os.path.join("/srv", name))


# case: the last part of a path, split from the right
def last_part_from_the_right():
    folder, name = request.args["name"].rsplit("/", 1)
    open(os.path.join("/srv", name))
    return open(os.path.join("/srv", folder))  # expect: path-traversal from 482


# case: the folder and the name
def folder_and_name():
    folder, name = os.path.split(request.args["name"])
    open(os.path.join("/srv", name))
    return open(os.path.join("/srv", folder))  # expect: path-traversal from 489


# case: what is resolved and checked is joined again
def joined_again():
    name = request.args["name"]
    if not os.path.abspath(os.path.join("/srv", name)).startswith("/srv/"):
        abort(400)
    return open(os.path.join("/srv", name))


# case: a query string is written into a page
@app.route("/link")
def link():
    return "<a href='/search?" + urlencode({"q": request.args["q"]}) + "'>again</a>"


# case: text beside headers that say it is no page
@app.route("/plain")
def plain():
    return request.args["q"], 200, {"Content-Type": "text/plain"}


# case: text beside headers that say that it is one
@app.route("/page")
def page():
    return request.args["q"], 200, {"Content-Type": "text/html"}  # expect: xss-reflected from 517


# case: text beside other headers
@app.route("/cached")
def cached():
    return request.args["q"], 200, {"Cache-Control": "no-store"}  # expect: xss-reflected from 523


# case: the words of a constant command, and one more
def words_and_one_more():
    subprocess.run(shlex.split("ls -l") + [request.args["folder"]])
