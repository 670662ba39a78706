import base64
import binascii
import gzip
import json
import marshal
import os
import pickle
import plistlib
import shlex
import urllib.parse
import xmlrpc.client

from flask import request


def fields():
    return {"name": request.args["name"], "kind": "plain"}


# case: what was written as a text is read back by its key
def by_key():
    os.system(json.loads(json.dumps(fields()))["name"])  # expect: command-injection from 17
    os.system(pickle.loads(pickle.dumps(fields()))["name"])  # expect: command-injection from 17
    os.system(marshal.loads(marshal.dumps([request.args["name"], "ls"]))[0])  # expect: command-injection from 24
    os.system(plistlib.loads(plistlib.dumps(fields()))["name"])  # expect: command-injection from 17


# case: what was written as a text is read back by its key, harmless
def by_key_harmless():
    os.system(json.loads(json.dumps(fields()))["kind"])
    os.system(pickle.loads(pickle.dumps(fields()))["kind"])
    os.system(marshal.loads(marshal.dumps([request.args["name"], "ls"]))[1])
    os.system(plistlib.loads(plistlib.dumps(fields()))["kind"])


# case: the text has a name, and becomes bytes on the way
def as_bytes():
    sent = json.dumps(fields()).encode("utf-8")
    read = json.loads(sent.decode())
    os.system(read["name"])  # expect: command-injection from 17


# case: the text has a name, and becomes bytes on the way, harmless
def as_bytes_harmless():
    sent = json.dumps(fields()).encode("utf-8")
    read = json.loads(sent.decode())
    os.system(read["kind"])


# case: what changed since it was written is not in it
def changed_since():
    given = {"name": "ls"}
    sent = json.dumps(given)
    read = json.loads(sent)
    read["name"] = request.args["name"]
    os.system(read["name"])  # expect: command-injection from 55


# case: what changed since it was written is not in it, harmless
def changed_since_harmless():
    given = {"name": "ls"}
    sent = json.dumps(given)
    read = json.loads(sent)
    read["name"] = request.args["name"]
    os.system(given["name"])


# case: which of two texts it is depends
def either(flag):
    sent = json.dumps({"name": "ls"}) if flag else json.dumps(fields())
    os.system(json.loads(sent)["name"])  # expect: command-injection from 17


# case: what was made harmless still is, after it went there and back
def still_harmless():
    word = shlex.quote(request.args["name"])
    os.system("ls " + base64.b64decode(request.args["name"]).decode())  # expect: command-injection from 77


# case: what was made harmless still is, after it went there and back, harmless
def still_harmless_harmless():
    word = shlex.quote(request.args["name"])
    os.system("ls " + binascii.unhexlify(binascii.hexlify(word.encode())).decode())
    os.system("ls " + base64.b64decode(base64.b64encode(word.encode())).decode())
    os.system("ls " + gzip.decompress(gzip.compress(word.encode())).decode())
    os.system("ls " + json.loads(json.dumps({"word": word}))["word"])


# case: the fields of a query
def query():
    sent = urllib.parse.urlencode({"name": request.args["name"], "kind": "ls"})
    os.system(urllib.parse.parse_qs(sent)["name"][0])  # expect: command-injection from 91
    os.system(dict(urllib.parse.parse_qsl(sent))["name"])  # expect: command-injection from 91


# case: the fields of a query, harmless
def query_harmless():
    sent = urllib.parse.urlencode({"name": request.args["name"], "kind": "ls"})
    os.system(urllib.parse.parse_qs(sent)["kind"][0])
    os.system(dict(urllib.parse.parse_qsl(sent))["kind"])


# case: arguments of a remote call, and its name
def remote_call():
    given, name = xmlrpc.client.loads(xmlrpc.client.dumps((request.args["name"],), "list"))
    os.system(given[0])  # expect: command-injection from 105


# case: arguments of a remote call, and its name, harmless
def remote_call_harmless():
    given, name = xmlrpc.client.loads(xmlrpc.client.dumps((request.args["name"],), "list"))
    os.system(name)
