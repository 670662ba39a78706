import os

from flask import redirect, request
from shop.texts import escape_html, escape_shell_argument, safe_next_url, sanitize_filename, unsafe_path


# case: a function that is not at hand is named for what it makes harmless
def cleaned():
    os.remove("/srv/" + sanitize_filename(request.args["name"]))
    os.system("ls " + escape_shell_argument(request.args["name"]))
    return redirect(safe_next_url(request.args["next"], request=request))


# case: a method of an object that nothing is known of
def by_method(texts):
    os.remove(texts.get_safe_path("/srv", request.args["name"]))


# case: what is harmless in a page is none in a shell
def for_pages():
    os.system("ls " + escape_html(request.args["name"]))  # expect: command-injection from 21


# case: a name that says the opposite
def opposite():
    os.remove(unsafe_path(request.args["name"]))  # expect: path-traversal from 26


def safe_path(name):
    return "/srv/" + name


# case: a function that is at hand is followed, whatever it is called
def followed():
    os.remove(safe_path(request.args["name"]))  # expect: path-traversal from 35
