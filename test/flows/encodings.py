import base64
import decimal
import io
import os
import string
import subprocess
import urllib.parse
import uuid

from flask import request


# case: stringio
def stringio():
    b = io.StringIO()
    b.write("ls ")
    b.write(request.args["a"])
    os.system(b.getvalue())  # expect: command-injection from 17


# case: stringio of constants
def stringio_const():
    b = io.StringIO()
    b.write("ls ")
    b.write("-l")
    os.system(b.getvalue())


# case: stringio seek read
def stringio_read():
    b = io.StringIO()
    b.write(request.args["a"])
    b.seek(0)
    os.system(b.read())  # expect: command-injection from 32


# case: stringio print
def stringio_print():
    b = io.StringIO()
    print(request.args["a"], file=b)
    os.system(b.getvalue())  # expect: command-injection from 40


# case: bytearray
def bytearr():
    b = bytearray()
    b.extend(request.args["a"].encode())
    os.system(b.decode())  # expect: command-injection from 47


# case: bytes join
def bytesjoin():
    os.system(b"".join([b"ls ", request.args["a"].encode()]))  # expect: command-injection from 53


# case: base64 round trip
def b64():
    x = base64.b64decode(base64.b64encode(request.args["a"].encode())).decode()
    os.system(x)  # expect: command-injection from 58


# case: urlsafe base64
def b64_2():
    x = base64.urlsafe_b64encode(request.args["a"].encode()).decode()
    subprocess.run(f"ls {x}", shell=True)


# case: f string width, harmless
def fmt():
    os.system(f"ls {int(request.args['a']):d}")


# case: f string width
def fmt_flow():
    os.system(f"ls {request.args['b']!r}")  # expect: command-injection from 75
    os.system(f"ls {request.args['c']:>10}")  # expect: command-injection from 76


# case: percent d, harmless
def pct():
    os.system("ls %d" % int(request.args["a"]))


# case: percent d
def pct_flow():
    os.system("ls %s" % request.args["b"])  # expect: command-injection from 86


# case: string Template
def tmpl():
    os.system(string.Template("ls $x").substitute(x=request.args["a"]))  # expect: command-injection from 91


# case: casts
def casts():
    os.system("ls " + str(uuid.UUID(request.args["a"])))
    os.system("ls " + str(decimal.Decimal(request.args["a"])))
    os.system("ls " + str(float(request.args["a"])))
    os.system("ls " + str(bool(request.args["a"])))
    os.system("ls " + str(len(request.args["a"])))
    os.system("ls " + str(ord(request.args["a"][0])))
    os.system("ls " + hex(int(request.args["a"], 16)))
    os.system("ls " + str(hash(request.args["a"])))


# case: chr is not cleared
def chrs():
    os.system("ls " + "".join(chr(ord(c)) for c in request.args["a"]))  # expect: command-injection from 108


# case: quote with safe slash for host
def qurl():
    os.system("ls " + urllib.parse.quote(request.args["a"], safe=""))
