import yaml
from typing import Annotated
from fastapi import FastAPI, Query
from fastapi.responses import RedirectResponse
from flask import request

app = FastAPI()


class Plain(yaml.SafeLoader):
    pass


class Any(yaml.UnsafeLoader):
    pass


# case: a loader on top of a safe one
def plain():
    return yaml.load(request.data, Loader=Plain)


# case: a loader on top of an unsafe one
def anything():
    return yaml.load(request.data, Loader=Any)  # expect: unsafe-deserialization from 25


# case: a pattern of a field lets one slash through
@app.get("/own")
def own(to: Annotated[str, Query(pattern=r"^/[a-z]*$")]):
    return RedirectResponse(to)


# case: a pattern of a field lets two slashes through
@app.get("/any")
def other(to: Annotated[str, Query(pattern=r"^/[a-z/]*$")]):
    return RedirectResponse(to)  # expect: open-redirect from 36
