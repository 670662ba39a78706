import base64
import json
import ldap
import ldap.filter
import lxml.etree
import os
import pathlib
import pickle
import psycopg2
import requests
import shlex
import sqlite3
import subprocess
import urllib.parse
import urllib.request
import xml.dom.minidom
import xml.etree.ElementTree as ET
import xml.sax
import yaml

from flask import (
    Flask,
    abort,
    jsonify,
    make_response,
    redirect,
    render_template,
    render_template_string,
    request,
    send_file,
    send_from_directory,
    session,
    url_for,
)
from werkzeug.utils import secure_filename, safe_join
app = Flask(__name__)


# case: redirect in the path of this host
@app.route("/b17")
def b17():
    return redirect("/users/" + request.args["a"])


# case: ssrf
@app.route("/b21")
def b21():
    return requests.get(request.args["a"], timeout=3).text  # expect: ssrf from 48


# case: ssrf host only
@app.route("/b22")
def b22():
    requests.get("https://" + request.args["a"] + "/x", timeout=3)  # expect: ssrf from 54
    requests.get("https://example.com/" + request.args["a"], timeout=3)
    requests.get("https://example.com/", params={"a": request.args["a"]}, timeout=3)
    return "x"


# case: ssrf urlopen
@app.route("/b23")
def b23():
    urllib.request.urlopen(request.args["a"])  # expect: ssrf from 63
    req = urllib.request.Request(request.args["b"])  # expect: ssrf from 64
    return "x"


# case: ssrf allowlist dict
HOSTS = {"a": "https://a.example.com", "b": "https://b.example.com"}


@app.route("/b24")
def b24():
    url = HOSTS.get(request.args["a"])
    requests.get(url, timeout=3)
    return "x"


# case: path by secure_filename
@app.route("/b25")
def b25():
    return open(os.path.join("/srv", secure_filename(request.args["a"]))).read()


# case: path by safe_join
@app.route("/b26")
def b26():
    return send_file(safe_join("/srv", request.args["a"]))


# case: path by send_from_directory
@app.route("/b27")
def b27():
    return send_from_directory("/srv", request.args["a"])


# case: path by pathlib
@app.route("/b28")
def b28():
    p = pathlib.Path("/srv") / request.args["a"]
    return p.read_text()  # expect: path-traversal from 100


# case: path by pathlib name
@app.route("/b29")
def b29():
    p = pathlib.Path("/srv") / pathlib.Path(request.args["a"]).name
    return p.read_text()


# case: path by pathlib resolve
@app.route("/b30")
def b30():
    base = pathlib.Path("/srv").resolve()
    p = (base / request.args["a"]).resolve()
    if base not in p.parents:
        abort(404)
    return p.read_text()


# case: path by pathlib str startswith
@app.route("/b31")
def b31():
    base = pathlib.Path("/srv")
    p = (base / request.args["a"]).resolve()
    if not str(p).startswith(str(base)):
        abort(404)
    return p.read_text()


# case: path by is_relative_to unresolved
@app.route("/b32")
def b32():
    base = pathlib.Path("/srv")
    p = base / request.args["a"]
    if not p.is_relative_to(base):
        abort(404)
    return p.read_text()  # expect: path-traversal from 135


# case: path commonprefix
@app.route("/b33")
def b33():
    p = os.path.abspath(os.path.join("/srv", request.args["a"]))
    if os.path.commonpath(["/srv", p]) != "/srv":
        abort(404)
    return open(p).read()


# case: path try relative_to
@app.route("/b34")
def b34():
    base = pathlib.Path("/srv").resolve()
    p = (base / request.args["a"]).resolve()
    try:
        p.relative_to(base)
    except ValueError:
        abort(404)
    return p.read_text()


# case: path exists and remove
@app.route("/b35")
def b35():
    p = "/srv/" + request.args["a"]
    if os.path.exists(p):  # expect: path-probed from 165
        os.remove(p)  # expect: path-traversal from 165
    return "x"


# case: codecs open
@app.route("/b36")
def b36():
    import codecs
    with codecs.open("/srv/" + request.args["a"], "r", "utf-8") as f:  # expect: path-traversal from 175
        return f.read()


# case: os open
@app.route("/b37")
def b37():
    fd = os.open("/srv/" + request.args["a"], os.O_RDONLY)  # expect: path-traversal from 182
    return os.read(fd, 10)


# case: sql formatted
@app.route("/b39")
def b39():
    con = sqlite3.connect("x")
    cur = con.cursor()
    a = request.args["a"]
    cur.execute(f"select * from t where a = '{a}'")  # expect: sql-injection from 191
    cur.execute("select * from t where a = ?", (a,))
    cur.execute("select * from t where a = :a", {"a": a})
    cur.executemany("insert into t values (?)", [(a,)])
    cur.executescript("select '%s'" % a)  # expect: sql-injection from 191
    return str(cur.fetchall())


# case: sql with int
@app.route("/b40")
def b40():
    con = sqlite3.connect("x")
    a = int(request.args["a"])
    con.execute(f"select * from t where a = {a}")
    return "x"


# case: sql order by allowlist
@app.route("/b41")
def b41():
    con = sqlite3.connect("x")
    order = request.args.get("order", "name")
    if order not in ("name", "age"):
        order = "name"
    con.execute(f"select * from t order by {order}")
    return "x"


# case: sql placeholders list
@app.route("/b43")
def b43():
    con = sqlite3.connect("x")
    ids = request.args.getlist("id")
    marks = ",".join("?" * len(ids))
    con.execute(f"select * from t where id in ({marks})", ids)
    marks = ",".join(["?"] * len(ids))
    con.execute(f"select * from t where id in ({marks})", ids)
    marks = ",".join("?" for _ in ids)
    con.execute(f"select * from t where id in ({marks})", ids)
    return "x"


# case: psycopg2 mogrify
@app.route("/b44")
def b44():
    con = psycopg2.connect("x")
    cur = con.cursor()
    q = cur.mogrify("select * from t where a = %s", (request.args["a"],))
    cur.execute(q)
    return "x"


# case: psycopg2 sql composition
@app.route("/b45")
def b45():
    from psycopg2 import sql
    con = psycopg2.connect("x")
    cur = con.cursor()
    q = sql.SQL("select * from {} where a = %s").format(sql.Identifier(request.args["t"]))
    cur.execute(q, [request.args["a"]])
    cur.execute(sql.SQL("select " + request.args["b"]))  # expect: sql-injection from 252
    return "x"


# case: command list
@app.route("/b46")
def b46():
    subprocess.run(["ls", "--", request.args["a"]])
    subprocess.run("ls " + request.args["a"], shell=True)  # expect: command-injection from 260
    subprocess.run(["sh", "-c", "ls " + request.args["b"]])  # expect: command-injection from 261
    subprocess.Popen(request.args["c"])  # expect: command-injection from 262
    subprocess.run("ls " + shlex.quote(request.args["d"]), shell=True)
    subprocess.run(shlex.split("ls " + request.args["e"]))
    return "x"


# case: command as program
@app.route("/b47")
def b47():
    subprocess.call([request.args["a"], "x"])  # expect: command-injection from 271
    os.execv(request.args["b"], ["x"])  # expect: command-injection from 272
    os.spawnl(os.P_WAIT, request.args["c"], "x")  # expect: command-injection from 273
    return "x"


# case: ldap filter
@app.route("/b48")
def b48():
    con = ldap.initialize("ldap://x")
    con.search_s("dc=x", ldap.SCOPE_SUBTREE, "(uid=%s)" % request.args["a"])  # expect: ldap-injection from 281
    con.search_s("dc=x", ldap.SCOPE_SUBTREE, "(uid=%s)" % ldap.filter.escape_filter_chars(request.args["a"]))
    return "x"


# case: xpath
@app.route("/b49")
def b49():
    root = lxml.etree.parse("x.xml")
    root.xpath("//user[@name='" + request.args["a"] + "']")  # expect: xpath-injection from 290
    root.xpath("//user[@name=$n]", n=request.args["b"])
    ET.parse("x.xml").getroot().findall(".//user[@name='" + request.args["c"] + "']")  # expect: xpath-injection from 292
    return "x"


# case: xxe
@app.route("/b50")
def b50():
    p = lxml.etree.XMLParser(resolve_entities=True)
    lxml.etree.fromstring(request.data, p)  # expect: xxe from 300
    q = lxml.etree.XMLParser(resolve_entities=False)
    lxml.etree.fromstring(request.data, q)
    return "x"


# case: xml sax external entities
@app.route("/b51")
def b51():
    parser = xml.sax.make_parser()
    parser.setFeature(xml.sax.handler.feature_external_ges, True)
    parser.parse(request.stream)  # expect: xxe from 311
    return "x"


# case: deserialise
@app.route("/b52")
def b52():
    pickle.loads(base64.b64decode(request.args["a"]))  # expect: unsafe-deserialization from 318
    yaml.load(request.args["b"], Loader=yaml.Loader)  # expect: unsafe-deserialization from 319
    yaml.load(request.args["c"], Loader=yaml.SafeLoader)
    yaml.safe_load(request.args["d"])
    json.loads(request.args["e"])
    return "x"


# case: eval
@app.route("/b53")
def b53():
    eval(request.args["a"])  # expect: code-injection from 329
    exec("x = '%s'" % request.args["b"])  # expect: code-injection from 330
    import ast
    ast.literal_eval(request.args["c"])
    return "x"


# case: values from other request parts
@app.route("/b58/<name>")
def b58(name):
    os.system(name)  # expect: command-injection from 338
    os.system(request.form.get("a"))  # expect: command-injection from 340
    os.system(request.values.get("a"))  # expect: command-injection from 341
    os.system(request.cookies.get("a"))  # expect: command-injection from 342
    os.system(request.headers.get("a"))  # expect: command-injection from 343
    os.system(request.headers.getlist("a")[0])  # expect: command-injection from 344
    os.system(request.get_json()["a"])  # expect: command-injection from 345
    os.system(request.json["a"])  # expect: command-injection from 346
    os.system(request.path)  # expect: command-injection from 347
    os.system(request.full_path)  # expect: command-injection from 348
    os.system(request.query_string.decode())  # expect: command-injection from 349
    os.system(request.args.to_dict()["a"])  # expect: command-injection from 350
    os.system(request.form.getlist("a")[0])  # expect: command-injection from 351
    os.system(request.data.decode())  # expect: command-injection from 352
    os.system(request.get_data(as_text=True))  # expect: command-injection from 353
    os.system(request.files["f"].filename)  # expect: command-injection from 354
    os.system(request.files["f"].read().decode())  # expect: command-injection from 355
    os.system(request.user_agent.string)  # expect: command-injection from 356
    os.system(request.referrer)  # expect: command-injection from 357
    os.system(request.url)  # expect: command-injection from 358
    os.system(request.view_args["name"])  # expect: command-injection from 359
    os.system(request.environ["QUERY_STRING"])  # expect: command-injection from 360
    return "x"


# case: names of parameters
@app.route("/b59")
def b59():
    for name in request.args:
        os.system(name)  # expect: command-injection from 367
    for k, v in request.form.items():
        os.system(k)  # expect: command-injection from 369
        os.system(v)  # expect: command-injection from 369
    for name in request.headers.keys():
        os.system(name)  # expect: command-injection from 372
    for k in request.form.keys():
        for v in request.form.getlist(k):
            if v == "x":
                os.system(k)  # expect: command-injection from 374
    return "x"


# case: typed route
@app.route("/b60/<int:num>/<uuid:u>")
def b60(num, u):
    os.system("ls %s %s" % (num, u))
    return "x"


# case: unquote
@app.route("/b61")
def b61():
    a = urllib.parse.unquote_plus(request.cookies.get("a", "x"))
    os.system(a)  # expect: command-injection from 391
    return "x"


# case: thing helper class
class Thing:
    def do(self, x):
        return x


class Other:
    def do(self, x):
        return "fixed"


def make(kind):
    if kind == "a":
        return Thing()
    return Other()


@app.route("/b62")
def b62():
    os.system(make("b").do(request.args["a"]))
    os.system(make("a").do(request.args["a"]))  # expect: command-injection from 416
    return "x"


# case: while loop and string index
@app.route("/b64")
def b64():
    a = request.args["a"]
    out = ""
    i = 0
    while i < len(a):
        out += a[i]
        i += 1
    os.system(out)  # expect: command-injection from 423
    return "x"


# case: try except of conversion
@app.route("/b65")
def b65():
    a = request.args["a"]
    try:
        int(a)
    except ValueError:
        return "bad"
    os.system("ls " + a)
    return "x"


# case: try except pass
@app.route("/b66")
def b66():
    a = request.args["a"]
    try:
        int(a)
    except ValueError:
        pass
    os.system("ls " + a)  # expect: command-injection from 448
    return "x"
