import os
import re
from typing import Annotated

from fastapi import APIRouter
from pydantic import AfterValidator, BaseModel, BeforeValidator

router = APIRouter()


def plain(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9_]+", value):
        raise ValueError("no")
    return value


def trimmed(value: str) -> str:
    return value.strip()


Plain = Annotated[str, AfterValidator(plain)]


class Checked(BaseModel):
    named: Plain
    inline: Annotated[str, AfterValidator(plain)]
    before: Annotated[str, BeforeValidator(plain)]
    kept: Annotated[str, AfterValidator(trimmed)]


# case: a check beside the type lets through letters alone
@router.post("/checked")
async def checked(given: Checked):
    os.system("echo " + given.named)
    os.system("echo " + given.inline)
    os.system("echo " + given.before)


# case: a function beside the type that checks nothing
@router.post("/trimmed")
async def only_trimmed(given: Checked):
    os.system("echo " + given.kept)  # expect: command-injection from 41


# case: a check beside the type of a parameter
@router.get("/parameter")
async def parameter(named: Plain, inline: Annotated[str, AfterValidator(plain)]):
    os.system("echo " + named)
    os.system("echo " + inline)


# case: a function beside the type of a parameter that checks nothing
@router.get("/parameter/trimmed")
async def trimmed_parameter(given: Annotated[str, AfterValidator(trimmed)]):
    os.system("echo " + given)  # expect: command-injection from 54
