import os
import sqlite3
from typing import Annotated

import attr
import strawberry
from attrs import define
from attrs import field as attrs_field
from attrs import validators as checks
from django import forms
from django.core.validators import RegexValidator, validate_slug
from django.http import HttpRequest
from fastapi import FastAPI
from flask import Flask, abort, request
from flask_wtf import FlaskForm
from litestar import get
from litestar.params import Parameter
from marshmallow import Schema, fields, validate
from pydantic import BaseModel, StringConstraints
from rest_framework import serializers
from webargs import fields as web_fields
from webargs.flaskparser import use_args, use_kwargs
from wtforms import StringField
from wtforms.validators import AnyOf, DataRequired, Length, Regexp

app = Flask(__name__)
api = FastAPI()


# case: WTForms: a field with a pattern
class CodeForm(FlaskForm):
    code = StringField("Code", validators=[DataRequired(), Regexp(r"^[A-Z0-9]+$")])


@app.post("/code")
def code():
    form = CodeForm()
    if form.validate_on_submit():
        os.system("print " + form.code.data)
    return "ok"


# case: WTForms: a field with a list
class SizeForm(FlaskForm):
    size = StringField("Size", [AnyOf(["s", "m"])])


@app.post("/size")
def size():
    form = SizeForm()
    if form.validate_on_submit():
        os.system("print " + form.size.data)
    return "ok"


# case: WTForms: a field with a length, and a pattern that is open at its end
class NameForm(FlaskForm):
    name = StringField("Name", validators=[Length(max=20)])
    mark = StringField("Mark", validators=[Regexp(r"^[A-Z]")])


@app.post("/name")
def name():
    form = NameForm()
    if form.validate_on_submit():
        os.system("print " + form.name.data)  # expect: command-injection from 66
        os.system("print " + form.mark.data)  # expect: command-injection from 67
    return "ok"


# case: marshmallow: a field with a pattern
class CodeSchema(Schema):
    code = fields.String(validate=[validate.Length(max=20), validate.Regexp(r"^[a-z]+$")])


@app.post("/codes")
def codes():
    os.system("print " + CodeSchema().load(request.get_json())["code"])
    return "ok"


# case: marshmallow: a field with a length
class NoteSchema(Schema):
    note = fields.String(validate=validate.Length(max=20))


@app.post("/notes")
def notes():
    os.system("print " + NoteSchema().load(request.get_json())["note"])  # expect: command-injection from 89
    return "ok"


# case: Django: fields with validators
class FileForm(forms.Form):
    name = forms.CharField(validators=[RegexValidator(r"^[a-z]+$")])
    slug = forms.CharField(validators=[validate_slug])


def store(request: HttpRequest):
    form = FileForm(request.POST)
    if form.is_valid():
        open("/srv/files/" + form.cleaned_data["name"])
        open("/srv/files/" + form.cleaned_data["slug"])


# case: Django: a validator of what is not allowed
class OtherForm(forms.Form):
    name = forms.CharField(validators=[RegexValidator(r"^[a-z]+$", inverse_match=True)])


def store_other(request: HttpRequest):
    form = OtherForm(request.POST)
    if form.is_valid():
        open("/srv/files/" + form.cleaned_data["name"])  # expect: path-traversal from 112


# case: Django: a method that refuses
class ToolForm(forms.Form):
    tool = forms.CharField()

    def clean_tool(self):
        tool = self.cleaned_data["tool"]
        if tool not in ("a", "b"):
            raise forms.ValidationError("unknown")
        return tool


def run_tool(request: HttpRequest):
    form = ToolForm(request.POST)
    if form.is_valid():
        os.system(form.cleaned_data["tool"])


# case: Django: a method that takes spaces away
class WordForm(forms.Form):
    word = forms.CharField()

    def clean_word(self):
        return self.cleaned_data["word"].strip()


def run_word(request: HttpRequest):
    form = WordForm(request.POST)
    if form.is_valid():
        os.system(form.cleaned_data["word"])  # expect: command-injection from 143


# case: REST framework: a method that refuses
class ToolSerializer(serializers.Serializer):
    tool = serializers.CharField()

    def validate_tool(self, value):
        if not value.isalnum():
            raise serializers.ValidationError("unknown")
        return value


def serialized(request: HttpRequest):
    serializer = ToolSerializer(data=request.POST)
    if serializer.is_valid():
        os.system(serializer.validated_data["tool"])


# case: REST framework: a method that only looks
class WordSerializer(serializers.Serializer):
    word = serializers.CharField()

    def validate_word(self, value):
        print(value)
        return value


def serialized_word(request: HttpRequest):
    serializer = WordSerializer(data=request.POST)
    if serializer.is_valid():
        os.system(serializer.validated_data["word"])  # expect: command-injection from 174


# case: attrs: fields with validators and converters
@attr.s
class Job:
    name = attr.ib(validator=attr.validators.matches_re(r"[a-z]+"))
    count = attr.ib(converter=int)


@define
class Task:
    mode: str = attrs_field(validator=checks.and_(checks.instance_of(str), checks.in_(["fast", "slow"])))


@app.post("/job")
def job():
    one = Job(name=request.form["name"], count=request.form["count"])
    os.system(f"run {one.name} {one.count}")
    os.system("run " + Task(mode=request.form["mode"]).mode)
    return "ok"


# case: attrs: a field that may be any text
@attr.s
class Text:
    text = attr.ib(validator=attr.validators.instance_of(str))


@app.post("/text")
def text():
    os.system("run " + Text(text=request.form["text"]).text)  # expect: command-injection from 207
    return "ok"


# case: a type that has a name of the module
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$")]


class Search(BaseModel):
    column: Slug


@api.post("/search")
def search(search: Search):
    return sqlite3.connect("x").execute(f"SELECT {search.column} FROM item").fetchall()


# case: a type of text that has a name of the module
Words = Annotated[str, StringConstraints(max_length=20)]


class WordSearch(BaseModel):
    column: Words


@api.post("/words")
def word_search(search: WordSearch):
    return sqlite3.connect("x").execute(f"SELECT {search.column} FROM item").fetchall()  # expect: sql-injection from 233


# case: Strawberry: an input with numbers
@strawberry.input
class CountInput:
    count: int


@strawberry.type
class CountMutation:
    @strawberry.mutation
    def ping(self, data: CountInput) -> str:
        return os.popen(f"ping -c {data.count} localhost").read()


# case: Strawberry: an input with text
@strawberry.input
class HostInput:
    host: str


@strawberry.type
class HostMutation:
    @strawberry.mutation
    def ping(self, data: HostInput) -> str:
        return os.popen(f"ping -c 1 {data.host}").read()  # expect: command-injection from 259


# case: Litestar: a parameter with a pattern
@get("/parameter")
async def parameter(name: Annotated[str, Parameter(pattern="^[a-z]+$")]) -> None:
    os.system("print " + name)


# case: webargs: arguments by name
@app.get("/arguments")
@use_kwargs({"page": web_fields.Int(), "order": web_fields.Str(validate=validate.OneOf(["up", "down"]))}, location="query")
def arguments(page, order):
    os.system(f"list {page} {order}")
    return "ok"


# case: webargs: an argument of any text
@app.get("/arguments/name")
@use_kwargs({"name": web_fields.Str()}, location="query")
def argument_name(name):
    os.system(f"list {name}")  # expect: command-injection from 280
    return "ok"


# case: webargs: all arguments in one mapping
@app.get("/mapping")
@use_args({"page": web_fields.Int(), "name": web_fields.Str()}, location="query")
def argument_mapping(args):
    os.system(f"list {args['page']}")
    return "ok"


# case: webargs: a text in the mapping
@app.get("/mapping/name")
@use_args({"page": web_fields.Int(), "name": web_fields.Str()}, location="query")
def argument_of_mapping(args):
    os.system(f"list {args['name']}")  # expect: command-injection from 296
    return "ok"
