from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from flask import Flask, request
from marshmallow import Schema, fields, validate
from rest_framework import serializers

app = Flask(__name__)


class OrderSchema(Schema):
    count = fields.Int(validate=validate.Range(min=1, max=100))
    pages = fields.Int(validate=[validate.Range(1, 100)])
    start = fields.Int(validate=validate.Range(min=1))
    size = fields.Int(required=True)


# case: marshmallow: a number within a range
@app.post("/orders")
def orders():
    order = OrderSchema().load(request.get_json())
    return {"rows": [0] * order["count"], "pages": list(range(order["pages"]))}


# case: marshmallow: a number that may be as large as it likes
@app.post("/starts")
def starts():
    order = OrderSchema().load(request.get_json())
    rows = [0] * order["start"]  # expect: input-range-unchecked from 27
    return {"rows": rows, "sizes": list(range(order["size"]))}  # expect: input-range-unchecked from 27


class PageForm(forms.Form):
    size = forms.IntegerField(max_value=100)
    count = forms.IntegerField(validators=[MaxValueValidator(50)])
    start = forms.IntegerField(min_value=0)
    first = forms.IntegerField(validators=[MinValueValidator(1)])


# case: Django: a field with a largest value
def pages(request):
    form = PageForm(request.GET)
    if form.is_valid():
        return [0] * form.cleaned_data["size"] + [1] * form.cleaned_data["count"]


# case: Django: a field with a smallest value
def starts_of_pages(request):
    form = PageForm(request.GET)
    if form.is_valid():
        rows = [0] * form.cleaned_data["start"]  # expect: input-range-unchecked from 48
        return rows + [1] * form.cleaned_data["first"]  # expect: input-range-unchecked from 48


class RowSerializer(serializers.Serializer):
    size = serializers.IntegerField(max_value=100)
    start = serializers.IntegerField(min_value=0)


# case: REST framework: a field with a largest value
def rows(request):
    rows = RowSerializer(data=request.data)
    rows.is_valid(raise_exception=True)
    return [0] * rows.validated_data["size"]


# case: REST framework: a field with a smallest value
def starts_of_rows(request):
    rows = RowSerializer(data=request.data)
    rows.is_valid(raise_exception=True)
    return [0] * rows.validated_data["start"]  # expect: input-range-unchecked from 68
