import os
import re
import sqlite3
from typing import Annotated, Literal
from urllib.parse import urlparse

from flask import abort, redirect, request
from pydantic import BaseModel, Field, StringConstraints
from voluptuous import All, Range, Required
from voluptuous import Schema as Rules


class Search(BaseModel):
    table: Literal["users", "orders"]
    order: Annotated[str, StringConstraints(pattern=r"^[a-z_]+$")]
    state: str = Field(pattern=r"^[a-z]+$")
    count: int
    text: str


db = sqlite3.connect("shop.db")
RULES = Rules({Required("rows"): All(int, Range(1, 10)), Required("pages"): All(int, Range(min=1))})


# case: fields of a document that pydantic has validated
def validated():
    search = Search.model_validate(request.get_json())
    db.execute(f"SELECT * FROM {search.table} WHERE state = '{search.state}' ORDER BY {search.order} LIMIT {search.count}")


# case: a field of any text
def validated_text():
    search = Search.model_validate(request.get_json())
    db.execute(f"SELECT * FROM users WHERE name = '{search.text}'")  # expect: sql-injection from 33


# case: fields of a text that pydantic has read
def validated_json():
    search = Search.model_validate_json(request.data)
    os.system(f"list {search.table} {search.order}")


# case: a field of any text that pydantic has read
def validated_json_text():
    search = Search.model_validate_json(request.data)
    os.system(f"list {search.text}")  # expect: command-injection from 45


# case: fields of a mapping that is written out
def validated_mapping():
    search = Search.parse_obj({"table": "users", "order": request.args["order"], "text": "all"})
    os.system(f"list {search.order} {search.text}")


# case: an object that nobody has validated
def constructed():
    search = Search.model_construct(**request.get_json())
    os.system(f"list {search.table}")  # expect: command-injection from 57


# case: Voluptuous: a number within a range
def rows():
    return [0] * RULES(request.get_json())["rows"]


# case: Voluptuous: a number with a smallest value
def pages():
    return [0] * RULES(request.get_json())["pages"]  # expect: input-range-unchecked from 68


# case: each part of a host is of letters and digits
def host_by_parts():
    host = request.args["host"]
    if not all(re.fullmatch(r"[A-Za-z0-9]{1,63}", part) for part in host.split(".")):
        abort(400)
    os.system("ping -c 1 " + host)


# case: each part is plain, and they are divided at what a shell reads
def commands_by_parts():
    names = request.args["names"]
    if not all(part.isalnum() for part in names.split(";")):
        abort(400)
    os.system("list " + names)  # expect: command-injection from 81


# case: the host of the address has a name, and is missing or the site's own
def host_or_none():
    target = request.args["next"]
    host = urlparse(target).netloc
    if host and host != request.host:
        target = "/"
    return redirect(target)


# case: the path of the address is missing
def path_or_none():
    target = request.args["next"]
    path = urlparse(target).path
    if path and path != "/start":
        target = "/"
    return redirect(target)  # expect: open-redirect from 98
