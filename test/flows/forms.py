import os

from django import forms
from flask import Flask
from flask_wtf import FlaskForm
from rest_framework import serializers
from rest_framework.views import APIView
from wtforms import IntegerField, SelectField, StringField

app = Flask(__name__)


class Order(forms.Form):
    name = forms.CharField()
    count = forms.IntegerField()
    kind = forms.ChoiceField(choices=[("a", "A")])


# case: Django: fields that are numbers or choices
def django_checked(request):
    form = Order(request.POST)
    if form.is_valid():
        os.system(f"echo {form.cleaned_data['count']} {form.cleaned_data['kind']}")


# case: Django: a field that is a text
def django_text(request):
    form = Order(request.POST)
    if form.is_valid():
        os.system(f"echo {form.cleaned_data['name']}")  # expect: command-injection from 28


class OrderSerializer(serializers.Serializer):
    name = serializers.CharField()
    count = serializers.IntegerField()


# case: Django REST: fields of a serializer
class OrderView(APIView):
    def post(self, request):
        order = OrderSerializer(data=request.data)
        order.is_valid(raise_exception=True)
        os.system(f"echo {order.validated_data['count']}")
        os.system(f"echo {order.validated_data['name']}")  # expect: command-injection from 41


class OrderForm(FlaskForm):
    name = StringField()
    count = IntegerField()
    kind = SelectField(choices=[("a", "A")])


# case: WTForms: fields that are numbers or choices
@app.post("/1")
def wtforms_checked():
    form = OrderForm()
    os.system(f"echo {form.count.data} {form.kind.data}")
    return ""


# case: WTForms: a field that is a text
@app.post("/2")
def wtforms_text():
    form = OrderForm()
    os.system(f"echo {form.name.data}")  # expect: command-injection from 65
    return ""
