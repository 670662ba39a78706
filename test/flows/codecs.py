import base64
import binascii
import io
import json
import os
import urllib.parse
import zlib

from flask import request


# case: base64 there and back
def base64_both():
    a = base64.b64decode(base64.b64encode(request.args["a"].encode())).decode()
    os.system("ls " + a)  # expect: command-injection from 14


# case: base64 of a constant
def base64_constant():
    a = request.args["a"]
    os.system("ls " + base64.b64encode(b"fixed").decode())
    return a


# case: unquote
def unquoted():
    os.system("ls " + urllib.parse.unquote(request.args["a"]))  # expect: command-injection from 27


# case: unquote_plus of a cookie
def cookie():
    os.system("ls " + urllib.parse.unquote_plus(request.cookies.get("a", "none")))  # expect: command-injection from 32


# case: JSON in
def json_in():
    os.system("ls " + json.loads(request.data)["a"])  # expect: command-injection from 37


# case: JSON out
def json_out():
    os.system("ls " + json.dumps({"a": request.args["a"]}))  # expect: command-injection from 42


# case: JSON of constants
def json_constant():
    a = request.args["a"]
    os.system("ls " + json.dumps({"a": 1}))
    return a


# case: hexlify and back
def hexadecimal():
    os.system(binascii.unhexlify(binascii.hexlify(request.args["a"].encode())))  # expect: command-injection from 54


# case: zlib
def compressed():
    os.system(zlib.decompress(zlib.compress(request.args["a"].encode())))  # expect: command-injection from 59


# case: a text buffer
def text_buffer():
    buffer = io.StringIO()
    buffer.write("ls ")
    buffer.write(request.args["a"])
    os.system(buffer.getvalue())  # expect: command-injection from 66


# case: a text buffer of constants
def text_buffer_constant():
    a = request.args["a"]
    buffer = io.StringIO()
    buffer.write("ls ")
    buffer.write("x")
    os.system(buffer.getvalue())
    return a


# case: a buffer that is read
def buffer_read():
    buffer = io.BytesIO(request.data)
    os.system(buffer.read())  # expect: command-injection from 82


# case: a buffer that is iterated
def buffer_lines():
    for line in io.StringIO(request.args["a"]):
        os.system(line)  # expect: command-injection from 88


# case: bytes and decode
def decoded():
    os.system(bytes(request.args["a"], "utf-8").decode("utf-8"))  # expect: command-injection from 94


# case: the parts of an address
def address_parts():
    os.system("ls " + urllib.parse.urlparse(request.args["a"]).path)  # expect: command-injection from 99


# case: the parsed query
def parsed_query():
    query = urllib.parse.parse_qs(request.query_string.decode())
    os.system("ls " + query["a"][0])  # expect: command-injection from 104


# case: a path split and joined
def path_parts():
    head, tail = os.path.split(request.args["a"])
    os.system("ls " + tail)  # expect: command-injection from 110
    return head


# case: a hash of the value is a number
def hash_of():
    os.system("ls " + str(hash(request.args["a"])))


# case: a checksum
def checksum():
    os.system("ls " + str(zlib.crc32(request.data)))


# case: ord and chr
def by_character():
    os.system("".join(chr(ord(c)) for c in request.args["a"]))  # expect: command-injection from 127


# case: a print redirected to a buffer is not followed, a write is
def written():
    lines = []
    lines.append(request.args["a"])
    buffer = io.StringIO()
    buffer.writelines(lines)
    os.system(buffer.getvalue())  # expect: command-injection from 133


# case: the position in a buffer
def position():
    buffer = io.StringIO(request.args["a"])
    os.system("ls " + str(buffer.tell()))
