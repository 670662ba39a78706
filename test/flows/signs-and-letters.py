import html
import re
import subprocess
import unicodedata

from flask import Flask, request

app = Flask(__name__)
REF = re.compile(r"[A-Za-z0-9][\w./-]{0,200}")


# case: a revision that a pattern lets begin with no dash, alone and in front of a path
@app.get("/show")
def show():
    ref, path = request.args["ref"], request.args["path"]
    if not REF.fullmatch(ref):
        return "no"
    subprocess.run(["git", "show", f"{ref}:{path}"])
    subprocess.run(["git", "show", ref])
    subprocess.run(["git", "show", path])  # expect: argument-injection from 15
    return "ok"


# case: a pattern that lets through a dash in front, or nothing at all
@app.get("/log")
def log():
    ref = request.args["ref"]
    if not re.fullmatch(r"[\w./-]+", ref):
        return "no"
    if not re.fullmatch(r"\w*[\w./-]*", ref):
        return "no"
    subprocess.run(["git", "log", ref])  # expect: argument-injection from 27
    return "ok"


# case: digits and signs name nothing that could be called
@app.get("/sum")
def sum_of():
    text = request.args["text"]
    if not re.fullmatch(r"[0-9+*/(). -]+", text):
        return "no"
    return str(eval(text))


# case: with letters among them they do
@app.get("/sum-of-names")
def sum_of_names():
    text = request.args["text"]
    if not re.fullmatch(r"[\w+*/(). -]+", text):
        return "no"
    return str(eval(text))  # expect: code-injection from 48


# case: a range of signs has letters in it
@app.get("/sum-of-range")
def sum_of_range():
    text = request.args["text"]
    if not re.fullmatch(r"[ -~]+", text):
        return "no"
    return str(eval(text))  # expect: code-injection from 57


# case: each character is one of the signs of a sum
@app.get("/signs")
def signs():
    text = request.args["text"]
    if not all(sign in "0123456789+-*/(). " for sign in text):
        return "no"
    return str(eval(text))


# case: none of the characters is another one
@app.get("/no-other")
def no_other():
    text = request.args["text"]
    if any(sign not in "0123456789+-*/(). " for sign in text):
        return "no"
    return str(eval(text))


# case: one of the characters is another one
@app.get("/some-other")
def some_other():
    text = request.args["text"]
    if all(sign not in "0123456789+-*/(). " for sign in text):
        return "no"
    return str(eval(text))  # expect: code-injection from 84


# case: letters, and signs that mean nothing in a path
@app.get("/named")
def named():
    name = request.args["name"]
    if not all(sign.isalnum() or sign in "-_" for sign in name):
        return "no"
    return open("/srv/" + name).read()


# case: letters, or signs that lead to another folder
@app.get("/parts")
def parts():
    name = request.args["name"]
    if not all(sign.isalnum() or sign in "-_./" for sign in name):
        return "no"
    return open("/srv/" + name).read()  # expect: path-traversal from 102


# case: what looks like a slash becomes one behind the check
@app.get("/late")
def late():
    name = request.args["name"]
    if "/" in name or ".." in name:
        return "no"
    name = unicodedata.normalize("NFKC", name)
    return open("/srv/" + name).read()  # expect: path-traversal from 111


# case: it becomes one in front of the check
@app.get("/early")
def early():
    name = unicodedata.normalize("NFKC", request.args["name"])
    if "/" in name or ".." in name:
        return "no"
    return open("/srv/" + name).read()


# case: this form leaves signs what they are
@app.get("/composed")
def composed():
    name = request.args["name"]
    if "/" in name or ".." in name:
        return "no"
    return open("/srv/" + unicodedata.normalize("NFC", name)).read()


# case: tags that were escaped are taken back
@app.get("/unescaped")
def unescaped():
    return html.escape(request.args["text"]).replace("&lt;", "<").replace("&gt;", ">")  # expect: xss-reflected from 139


# case: one tag without anything of its own is
@app.get("/breaks")
def breaks():
    return html.escape(request.args["text"]).replace("&lt;br&gt;", "<br>")


# case: each character under a name that is a pattern proves nothing, and ends nothing
@app.get("/starred")
def starred():
    name = request.args["name"]
    if not all(sign.isalnum() for *sign, in name):
        return "no"
    return open("/srv/" + name).read()  # expect: path-traversal from 151


# case: each character is a letter or a digit
@app.get("/lettered")
def lettered():
    name = request.args["name"]
    if not all(sign.isalnum() for sign in name):
        return "no"
    return open("/srv/" + name).read()
