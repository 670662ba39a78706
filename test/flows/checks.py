import base64
import binascii
import ipaddress
import os
import re
import shlex
import urllib.parse
from urllib.parse import urlparse

import requests
from flask import abort, request

NAMES = ["alice", "bob"]
HOSTS = {"a.example.org", "b.example.org"}
DOMAINS = ["example.org", "example.net"]
TABLE = {"on": "systemctl start", "off": "systemctl stop"}


# case: a host that was given a name
def named_host():
    url = request.args["url"]
    host = urlparse(url).hostname
    if host not in HOSTS:
        abort(400)
    return requests.get(url).text


# case: a host in lower case that was given a name
def lowered_host():
    url = request.args["url"]
    host = (urlparse(url).hostname or "").lower()
    if host in HOSTS:
        return requests.get(url).text
    return ""


# case: a host without its port
def host_without_port():
    url = request.args["url"]
    host = urlparse(url).netloc.split(":")[0]
    if host not in HOSTS:
        abort(400)
    return requests.get(url).text


# case: the scheme alone says nothing of the host
def named_scheme():
    url = request.args["url"]
    scheme = urlparse(url).scheme
    if scheme not in {"http", "https"}:
        abort(400)
    return requests.get(url).text  # expect: ssrf from 48


# case: the host of another address
def other_host():
    url = request.args["url"]
    host = urlparse(request.args["other"]).hostname
    if host not in HOSTS:
        abort(400)
    return requests.get(url).text  # expect: ssrf from 57


# case: a name below a domain, or the domain
def below_domain():
    url = request.args["url"]
    host = urlparse(url).hostname
    if host == "example.org" or host.endswith(".example.org"):
        return requests.get(url).text
    return ""


# case: one of the domains or a name below it
def below_domains():
    url = request.args["url"]
    host = urlparse(url).hostname
    if not any(host == domain or host.endswith("." + domain) for domain in DOMAINS):
        abort(400)
    return requests.get(url).text


# case: an ending without its dot
def ends_without_dot():
    url = request.args["url"]
    host = urlparse(url).hostname
    if not any(host.endswith(domain) for domain in DOMAINS):
        abort(400)
    return requests.get(url).text  # expect: ssrf from 84


# case: the path of an address ends like a domain
def path_ends():
    url = request.args["url"]
    if not urlparse(url).path.endswith(".example.org"):
        abort(400)
    return requests.get(url).text  # expect: ssrf from 93


# case: none of the names
def none_equal():
    a = request.args["a"]
    if not any(a == name for name in NAMES):
        os.system("ls " + a)  # expect: command-injection from 101


# case: any equality, of what comes from outside as well
def any_equal_to_given():
    a = request.args["a"]
    if any(a == name for name in request.args.getlist("b")):
        os.system("ls " + a)  # expect: command-injection from 108


# case: any name that it begins with
def any_prefix():
    a = request.args["a"]
    if any(a.startswith(name) for name in NAMES):
        os.system("ls " + a)  # expect: command-injection from 115


# case: what is left of a set
def nothing_left():
    names = request.args.getlist("a")
    if set(names) - set(NAMES):
        abort(400)
    os.system("ls " + " ".join(names))


# case: what is left of a set, by name
def nothing_left_by_name():
    names = request.args.getlist("a")
    unknown = set(names) - set(NAMES)
    if unknown:
        abort(400)
    os.system("ls " + " ".join(names))


# case: something is left of a set
def something_left():
    names = request.args.getlist("a")
    if set(names) - set(NAMES):
        os.system("ls " + " ".join(names))  # expect: command-injection from 139


# case: the allowlist is the superset
def allowlist_superset():
    names = request.args.getlist("a")
    if not set(NAMES).issuperset(names):
        abort(400)
    os.system("ls " + " ".join(names))


# case: a subset of what comes from outside
def subset_of_given():
    names = set(request.args.getlist("a"))
    if names <= set(request.args.getlist("b")):
        os.system("ls " + " ".join(names))  # expect: command-injection from 154


# case: isalnum after marks were taken out that mean something
def alphanumeric_without_marks():
    a = request.args["a"]
    if a.replace(";", "").isalnum():
        os.system("ls " + a)  # expect: command-injection from 161


# case: isalnum after several marks were taken out
def alphanumeric_without_several():
    a = request.args["a"]
    if not a.replace("-", "").replace("_", "").isalnum():
        abort(400)
    os.system("ls " + a)


# case: the text of a match bound in the condition
def match_bound():
    if found := re.fullmatch(r"[a-z]+", request.args["a"]):
        os.system("ls " + found.group())


# case: the text of a match with an open end
def match_open():
    found = re.match(r"[a-z]+.*", request.args["a"])
    if found:
        os.system("ls " + found.group())  # expect: command-injection from 182


# case: the text of a match that was not tested
def match_kept():
    a = request.args["a"]
    found = re.fullmatch(r"[a-z]+", a)
    if found is None:
        abort(400)
    os.system("ls " + a)


# case: a refusal that was given a name
def named_refusal():
    a = request.args["a"]
    invalid = a not in NAMES
    if invalid:
        abort(400)
    os.system("ls " + a)


# case: a refusal that was given a name, the other branch
def named_refusal_other():
    a = request.args["a"]
    invalid = a not in NAMES
    if invalid:
        os.system("ls " + a)  # expect: command-injection from 207


# case: the value is another one than the named check was of
def rebound_after_check():
    a = request.args["a"]
    valid = a in NAMES
    a = request.args["b"]
    if valid:
        os.system("ls " + a)  # expect: command-injection from 217


# case: a named check on one way only
def checked_on_one_way(flag):
    a = request.args["a"]
    if flag:
        valid = True
    else:
        valid = a in NAMES
    if valid:
        os.system("ls " + a)  # expect: command-injection from 224


# case: a flag that a loop sets
def flag_in_loop():
    a = request.args["a"]
    found = False
    for name in NAMES:
        if a == name:
            found = True
            break
    if not found:
        abort(400)
    os.system("ls " + a)


# case: a flag that is set for another reason as well
def flag_for_two_reasons(admin):
    a = request.args["a"]
    allowed = False
    if a in NAMES:
        allowed = True
    if admin:
        allowed = True
    if allowed:
        os.system("ls " + a)  # expect: command-injection from 248


# case: a flag that is not set says nothing
def flag_not_set(admin):
    a = request.args["a"]
    allowed = False
    if admin and a != "alice":
        allowed = True
    if not allowed:
        os.system("ls " + a)  # expect: command-injection from 260


# case: the value of a look-up and its key
def looked_up():
    action = request.args["action"]
    command = TABLE[action]
    os.system(command + " " + action)


# case: a look-up with a fallback proves nothing
def looked_up_softly():
    action = request.args["action"]
    command = TABLE.get(action, "true")
    os.system(command + " " + action)  # expect: command-injection from 277


# case: a look-up whose failure is passed over
def look_up_ignored():
    action = request.args["action"]
    try:
        TABLE[action]
    except KeyError:
        pass
    os.system("ls " + action)  # expect: command-injection from 284


# case: an address whose refusal is passed over
def address_ignored():
    a = request.args["a"]
    try:
        ipaddress.ip_address(a)
    except ValueError:
        pass
    os.system("ping " + a)  # expect: command-injection from 294


# case: encoded and decoded again
def encoded_and_decoded():
    name = base64.b16encode(request.args["a"].encode())
    os.system("ls " + base64.b16decode(name).decode())  # expect: command-injection from 304


# case: hex digits and back
def hex_and_back():
    name = binascii.hexlify(request.args["a"].encode())
    os.system("ls " + bytes.fromhex(name.decode()).decode())  # expect: command-injection from 310


# case: hex of bytes by a method
def hex_method():
    os.system("ls " + request.args["a"].encode().hex())


# case: base64 has a slash
def base64_slash():
    open("/data/" + base64.b64encode(request.args["a"].encode()).decode())  # expect: path-traversal from 321


# case: the host of an address is no number
def url_host():
    os.system("ping " + str(urllib.parse.urlsplit(request.args["a"]).hostname))  # expect: command-injection from 326


# case: shlex.join of what is all from outside
def join_given():
    os.system(shlex.join(request.args.getlist("a")))  # expect: command-injection from 331


# case: shlex.join with the program from outside
def join_program():
    os.system(shlex.join([request.args["a"], "-l"]))  # expect: command-injection from 336


# case: joined without quotes
def join_plain():
    os.system(" ".join(["ls", request.args["a"]]))  # expect: command-injection from 341


# case: a flag of the module says nothing of a value
STRICT = True


def flag_of_module():
    a = request.args["a"]
    if STRICT:
        os.system("ls " + a)  # expect: command-injection from 349


# case: a flag in a function's own block says nothing of a value
def flag_in_function():
    strict = False
    a = request.args["a"]
    strict = True
    if strict:
        os.system("ls " + a)  # expect: command-injection from 357
