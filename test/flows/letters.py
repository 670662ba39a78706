import shlex
from 𝐨𝐬 import 𝐬𝐲𝐬𝐭𝐞𝐦
import ｏｓ

from flask import request


# case: Python takes a name in its normal form, in which other letters are those of ASCII
def by_attribute():
    os.ｓｙｓｔｅｍ("ls " + request.args["a"])  # expect: command-injection from 10


def by_import():
    system("ls " + request.args["a"])  # expect: command-injection from 14


def by_builtin():
    ｅｖａｌ(request.args["a"])  # expect: code-injection from 18


def by_keyword():
    import subprocess as 𝔰

    s.run("ls " + request.args["a"], ｓｈｅｌｌ=True)  # expect: command-injection from 24


# case: letters of other scripts are other names, and text stays as it is
def by_look_alike():
    оs.system("ls " + request.args["a"])


def by_text():
    getattr(os, "ｓｙｓｔｅｍ")("ls " + request.args["a"])


def quoted():
    größe = ｓｈｌｅｘ.quote(request.args["a"])
    os.system("ls " + größe)
