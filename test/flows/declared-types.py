import os
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Annotated, Literal, Optional, Union
from uuid import UUID

from fastapi import Cookie, FastAPI, Form, Header, Query
from flask import Flask, request
from pydantic import BaseModel, Field, constr

api = FastAPI()
app = Flask(__name__)


class Colour(str, Enum):
    red = "red"
    blue = "blue"


class Item(BaseModel):
    name: str
    count: int
    colour: Colour
    kind: Literal["a", "b"]
    size: Annotated[int, Field(ge=1, le=10)]
    tag: str = Field(pattern=r"^[a-z]+$")


@dataclass
class Record:
    name: str
    count: int


# case: a member of an enumeration
@api.get("/1")
def enumeration(colour: Colour):
    os.system(f"echo {colour.value}")


# case: one of a few texts
@api.get("/2")
def literal(kind: Literal["a", "b"]):
    os.system(f"echo {kind}")


# case: types that have a text of their own
@api.get("/3")
def typed(number: UUID, day: date):
    os.system(f"echo {number} {day}")


# case: an optional number, in three spellings
@api.get("/4")
def optional(a: Optional[int] = None, b: int | None = None, c: Union[int, float, None] = None):
    os.system(f"echo {a} {b} {c}")


# case: an optional text
@api.get("/5")
def optional_text(a: Optional[str] = None):
    os.system(f"echo {a}")  # expect: command-injection from 62


# case: a number or a text
@api.get("/6")
def number_or_text(a: Union[int, str]):
    os.system(f"echo {a}")  # expect: command-injection from 68


# case: a text that a pattern limits
@api.get("/7")
def pattern(a: Annotated[str, Query(pattern="^[a-z]+$")], b: str = Query(..., pattern="^[a-z]+$")):
    os.system(f"echo {a} {b}")


# case: a text that a pattern does not limit at its end
@api.get("/8")
def open_pattern(a: Annotated[str, Query(pattern="^[a-z]+")]):
    os.system(f"echo {a}")  # expect: command-injection from 80


# case: a type that carries its pattern
@api.get("/9")
def constrained(a: constr(pattern="^[a-z]+$")):
    os.system(f"echo {a}")


# case: a list of numbers
@api.get("/10")
def numbers(a: list[int] = Query(...)):
    os.system("echo " + ",".join(str(one) for one in a))


# case: a list of texts
@api.get("/11")
def texts(a: list[str] = Query(...)):
    os.system("echo " + ",".join(a))  # expect: command-injection from 98


# case: fields of a schema that are limited
@api.post("/12")
def limited(item: Item):
    os.system(f"echo {item.count} {item.size} {item.colour} {item.kind} {item.tag}")


# case: a field of a schema that is a text
@api.post("/13")
def unlimited(item: Item):
    os.system(f"echo {item.name}")  # expect: command-injection from 110


# case: a schema as a mapping
@api.post("/14")
def dumped(item: Item):
    os.system(f"echo {item.model_dump()['count']}")
    os.system(f"echo {item.model_dump()['name']}")  # expect: command-injection from 116


# case: a plain data class checks nothing
def plain():
    record = Record(name="a", count=request.args["count"])
    os.system(f"echo {record.count}")  # expect: command-injection from 123


# case: headers, cookies and forms
@api.post("/15")
def places(a: Annotated[str, Header()], b: str = Cookie(), c: str = Form()):
    os.system("echo " + a)  # expect: command-injection from 129
    os.system("echo " + b)  # expect: command-injection from 129
    os.system("echo " + c)  # expect: command-injection from 129


# case: one of a few texts in the address
@app.route("/<any(a, b):kind>")
def any_of(kind):
    os.system(f"echo {kind}")
    return ""
