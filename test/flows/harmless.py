import binascii
import collections
import datetime
import enum
import fractions
import hashlib
import ipaddress
import math
import os
import re
import secrets
import shlex
import statistics
import time
import uuid
import zlib

from flask import abort, request

ALLOWED = ("a", "b", "c")


def arg(name="a"):
    return request.args[name]


# case: a checksum of the value
def checksum():
    os.system(f"ls {zlib.crc32(arg().encode())}")


# case: a digest of the value as bytes in hex
def digest():
    os.system("ls " + hashlib.blake2b(arg().encode(), digest_size=8).hexdigest())


# case: a UUID made of the value
def named_uuid():
    os.system(f"ls {uuid.uuid5(uuid.NAMESPACE_DNS, arg())}")


# case: the value in hex
def in_hex():
    os.system("ls " + binascii.hexlify(arg().encode()).decode())


# case: an address of a network
def network():
    os.system(f"ls {ipaddress.ip_network(arg(), strict=False)}")


# case: a day of a calendar
def day():
    moment = datetime.date.fromisoformat(arg())
    os.system(f"ls {moment:%Y-%m-%d}")


# case: a day's number
def day_number():
    os.system(f"ls {datetime.date.fromisoformat(arg()).toordinal()}")


# case: a stamp of time
def stamp():
    os.system(f"ls {datetime.datetime.fromtimestamp(int(arg())).timestamp()}")


# case: a fraction's parts
def fraction():
    os.system(f"ls {int(fractions.Fraction(arg()))}")


# case: a root of a number
def root():
    os.system(f"ls {math.sqrt(float(arg())):.3f}")


# case: a mean of numbers
def mean():
    os.system(f"ls {statistics.mean(float(part) for part in arg().split())}")


# case: a number and its sign
def signed():
    os.system(f"ls {abs(int(arg())):+d}")


# case: the larger of two numbers
def larger():
    os.system(f"ls {max(int(arg()), int(arg('b')))}")


# case: a comparison of two values
def comparison():
    os.system(f"ls {arg() == arg('b')}")


# case: a test of the beginning
def beginning():
    os.system(f"ls {arg().startswith('x')}")


# case: the place of a part
def place():
    os.system(f"ls {arg().find('x')}")


# case: how often a part occurs
def occurrences():
    os.system(f"ls {arg().count('x')}")


# case: a bit of a number
def bit():
    os.system(f"ls {int(arg()) & 1}")


# case: quotient and remainder
def quotient():
    whole, left = divmod(int(arg()), 60)
    os.system(f"ls {whole} {left}")


# case: a constant picked by a condition in a list
def picked_by_condition():
    os.system("ls " + ["short", "long"][len(arg()) > 9])


# case: a constant picked by a truth value in a mapping
def picked_by_truth():
    os.system("ls " + {True: "yes", False: "no"}[arg() == "x"])


# case: one of the allowed, by its place
def allowed_by_place():
    os.system("ls " + ALLOWED[ALLOWED.index(arg())])


# case: the allowed one that is equal
def allowed_that_is_equal():
    for known in ALLOWED:
        if known == arg():
            os.system("ls " + known)


# case: the allowed ones that were named
def allowed_that_were_named():
    named = set(request.args.getlist("a"))
    os.system("ls " + " ".join(known for known in ALLOWED if known in named))


# case: a mapping is turned round
def turned_round():
    numbers = {number: name for name, number in {"a": 1, "b": 2}.items()}
    name = numbers.get(int(arg()))
    if name is None:
        abort(404)
    os.system("ls " + name)


# case: a mapping of the allowed to folders
def folders_of_allowed():
    folders = {name: f"/srv/{name}" for name in ALLOWED}
    try:
        folder = folders[arg()]
    except KeyError:
        abort(404)
    os.system("ls " + folder)


# case: an allowlist that is asked in lower case
def asked_in_lower_case():
    name = arg().strip().lower()
    if name not in ALLOWED:
        abort(400)
    os.system("ls " + name)


# case: an allowlist by a function of its own
def is_allowed(name):
    return name in ALLOWED


def asked_by_function():
    name = arg()
    if not is_allowed(name):
        raise PermissionError(name)
    os.system("ls " + name)


# case: a pattern with names for its parts
def parts_by_name():
    found = re.fullmatch(r"(?P<year>\d{4})-(?P<month>\d\d)", arg())
    if found is None:
        abort(400)
    os.system(f"ls {found['year']}/{found['month']}")


# case: a pattern's groups, unpacked
def parts_unpacked():
    found = re.fullmatch(r"(\w+):(\w+)", arg())
    if not found:
        abort(400)
    left, right = found.groups()
    os.system(f"ls {left} {right}")


# case: numbers that a pattern finds
def found_numbers():
    os.system("ls " + " ".join(re.findall(r"\d+", arg())))


# case: words that a pattern leaves
def left_words():
    os.system("ls " + re.sub(r"\W+", "_", arg()))


# case: characters that a table keeps
def kept_by_filter():
    os.system("ls " + "".join(filter(str.isalnum, arg())))


# case: quoted twice
def quoted_twice():
    os.system("sh -c " + shlex.quote("ls " + shlex.quote(arg())))


# case: a list of arguments in one quoted line
def joined_line():
    os.system(shlex.join(["ls", "--", *request.args.getlist("a")]))


# case: the time it took
def time_taken():
    before = time.monotonic()
    hashlib.scrypt(arg().encode(), salt=b"x" * 16, n=2, r=8, p=1)
    os.system(f"logger {time.monotonic() - before}")


# case: a token beside the value
def token_beside():
    tokens = {arg(): secrets.token_hex(8)}
    os.system("ls " + " ".join(tokens.values()))


# case: an enumeration's value by its number
class Size(enum.IntEnum):
    SMALL = 1
    LARGE = 2


def size_by_number():
    os.system(f"ls {Size(int(arg())).name}")


# case: an enumeration's value by its name
def size_by_name():
    try:
        size = Size[arg().upper()]
    except KeyError:
        abort(400)
    os.system(f"ls {size.value}")


# case: numbered lines
def numbered():
    for number, _ in enumerate(arg().splitlines(), start=1):
        os.system(f"ls {number}")


# case: how many words of each length
def lengths():
    counts = collections.Counter(len(word) for word in arg().split())
    for length, count in counts.items():
        os.system(f"ls {length} {count}")
