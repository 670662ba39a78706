import configparser
import os

from flask import request


# case: configparser by key, harmless
def config_key():
    c = configparser.ConfigParser()
    c.add_section("s")
    c.set("s", "a", "fixed")
    c.set("s", "b", request.args["a"])
    os.system(c.get("s", "a"))


# case: configparser by key
def config_key_flow():
    c = configparser.ConfigParser()
    c.add_section("s")
    c.set("s", "a", "fixed")
    c.set("s", "b", request.args["a"])
    os.system(c.get("s", "b"))  # expect: command-injection from 21


# case: configparser by subscript, harmless
def config_sub():
    c = configparser.ConfigParser()
    c["s"] = {"a": "fixed", "b": request.args["a"]}
    os.system(c["s"]["a"])


# case: configparser by subscript
def config_sub_flow():
    c = configparser.ConfigParser()
    c["s"] = {"a": "fixed", "b": request.args["a"]}
    os.system(c["s"]["b"])  # expect: command-injection from 35


# case: configparser mixed, harmless
def config_mixed():
    c = configparser.ConfigParser()
    c["s"] = {"a": "fixed"}
    c["s"]["b"] = request.args["a"]
    os.system(c.get("s", "a"))


# case: configparser mixed
def config_mixed_flow():
    c = configparser.ConfigParser()
    c["s"] = {"a": "fixed"}
    c["s"]["b"] = request.args["a"]
    os.system(c.get("s", "b"))  # expect: command-injection from 51


# case: configparser set read by subscript, harmless
def config_set_sub():
    c = configparser.ConfigParser()
    c.add_section("s")
    c.set("s", "a", request.args["a"])
    c.set("s", "b", "fixed")
    os.system(c["s"]["b"])


# case: configparser set read by subscript
def config_set_sub_flow():
    c = configparser.ConfigParser()
    c.add_section("s")
    c.set("s", "a", request.args["a"])
    c.set("s", "b", "fixed")
    os.system(c["s"]["a"])  # expect: command-injection from 68


# case: configparser other section, harmless
def config_other_section():
    c = configparser.ConfigParser()
    c.add_section("s")
    c.add_section("t")
    c.set("s", "a", request.args["a"])
    c.set("t", "a", "fixed")
    os.system(c.get("t", "a"))


# case: configparser other section
def config_other_section_flow():
    c = configparser.ConfigParser()
    c.add_section("s")
    c.add_section("t")
    c.set("s", "a", request.args["a"])
    c.set("t", "a", "fixed")
    os.system(c.get("s", "a"))  # expect: command-injection from 88


# case: configparser replaced
def config_replaced():
    c = configparser.ConfigParser()
    c.add_section("s")
    c.set("s", "a", request.args["a"])
    c.set("s", "a", "fixed")
    os.system(c.get("s", "a"))


# case: configparser keyword, harmless
def config_kw():
    c = configparser.RawConfigParser()
    c.add_section("s")
    c.set(section="s", option="a", value=request.args["a"])
    c.set(section="s", option="b", value="fixed")
    os.system(c.get("s", "b"))


# case: configparser keyword
def config_kw_flow():
    c = configparser.RawConfigParser()
    c.add_section("s")
    c.set(section="s", option="a", value=request.args["a"])
    c.set(section="s", option="b", value="fixed")
    os.system(c.get("s", "a", raw=True))  # expect: command-injection from 115


# case: configparser getint, harmless
def config_getint():
    c = configparser.ConfigParser()
    c.add_section("s")
    c.set("s", "a", request.args["a"])
    os.system("ls " + str(c.getint("s", "a")))


# case: configparser getint
def config_getint_flow():
    c = configparser.ConfigParser()
    c.add_section("s")
    c.set("s", "a", request.args["a"])
    os.system("ls " + c.get("s", "a", fallback="x"))  # expect: command-injection from 132


# case: configparser read_dict, harmless
def config_read_dict():
    c = configparser.ConfigParser()
    c.read_dict({"s": {"a": request.args["a"], "b": "fixed"}})
    os.system(c["s"]["b"])


# case: configparser read_dict
def config_read_dict_flow():
    c = configparser.ConfigParser()
    c.read_dict({"s": {"a": request.args["a"], "b": "fixed"}})
    os.system(c["s"]["a"])  # expect: command-injection from 146


# case: configparser read_string
def config_read_string():
    c = configparser.ConfigParser()
    c.read_string(request.args["a"])
    os.system(c["s"]["b"])  # expect: command-injection from 153
