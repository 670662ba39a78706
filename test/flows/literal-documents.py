import configparser
import json
import os
from flask import request

SETTINGS = json.loads('{"mode": "safe", "modes": ["safe", "raw"], "limits": {"size": 3}, "__proto__": "x"}')

parser = configparser.ConfigParser()
parser.read_string("# how it works\n[work]\nmode = safe\nOther: raw\n")

later = configparser.ConfigParser()
later.read_string("[work]\nmode = safe\n")
later.read_string("[work]\nmode = raw\n")

several = configparser.ConfigParser()
several.read_string("[work]\nmode = safe\n  and sound\n")


# case: an entry of a document that stands in the program
def document():
    os.system("ls " + ("x" if SETTINGS["mode"] == "safe" else request.args["q"]))


# case: another entry of it
def document_other():
    os.system("ls " + ("x" if SETTINGS["modes"][1] == "safe" else request.args["q"]))  # expect: command-injection from 26


# case: an entry inside an entry
def document_inside():
    os.system("ls " + ("x" if SETTINGS["limits"]["size"] == 3 else request.args["q"]))


# case: a list of a document says what is allowed
def document_list():
    if request.args["q"] in SETTINGS["modes"]:
        os.system("ls " + request.args["q"])


# case: a document that nobody knows
def document_unknown():
    settings = json.loads(os.environ["SETTINGS"])
    os.system("ls " + ("x" if settings["mode"] == "safe" else request.args["q"]))  # expect: command-injection from 43


# case: an option that stands in the program
def option():
    os.system("ls " + ("x" if parser["work"]["mode"] == "safe" else request.args["q"]))


# case: names of options are written small
def option_small():
    os.system("ls " + ("x" if parser.get("work", "other") == "safe" else request.args["q"]))  # expect: command-injection from 53


# case: an option that is read again is another one
def option_again():
    os.system("ls " + ("x" if later["work"]["mode"] == "safe" else request.args["q"]))  # expect: command-injection from 58


# case: a value of several lines
def option_lines():
    os.system("ls " + ("x" if several["work"]["mode"] == "safe" else request.args["q"]))  # expect: command-injection from 63
