import os

from django import forms
from django.views.generic import FormView
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
        os.system(f"echo {form.cleaned_data['name']}")  # expect: command-injection from 29


class OrderSerializer(serializers.Serializer):
    name = serializers.CharField()
    count = serializers.IntegerField()


# case: Django REST: fields of a serializer
class OrderView(APIView):
    def post(self, request):
        order = OrderSerializer(data=request.data)
        order.is_valid(raise_exception=True)
        os.system(f"echo {order.validated_data['count']}")
        os.system(f"echo {order.validated_data['name']}")  # expect: command-injection from 42


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
    os.system(f"echo {form.name.data}")  # expect: command-injection from 66
    return ""


class Wish(forms.ModelForm):
    title = forms.CharField()

    class Meta:
        columns = {"title": "name"}

    def __init__(self, *args, defaults=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.defaults = defaults

    # case: Django: what a form's class or the program gave it was not sent
    def store(self):
        for key, value in self.defaults.items():
            setattr(self.instance, key, value)
        for field, column in self.Meta.columns.items():
            setattr(self.instance, column, self.cleaned_data[field])
        for key, value in self.cleaned_data.items():
            setattr(self.instance, key, value)

    # case: Django: a form that sets whatever was sent
    def take(self):
        for key, value in self.data.items():
            setattr(self.instance, key, value)  # expect: mass-assignment from 104
        os.system("ls " + self.instance.title)  # expect: command-injection from 104

    # case: Django: a form by the view that it is filled for
    def show(self):
        os.system("ls " + self.prefix)
        os.system("ls " + self.cleaned_data["title"])  # expect: command-injection from 104


class Wishes(FormView):
    form_class = Wish

    def form_valid(self, form):
        form.store()
        form.take()
        form.show()
        return super().form_valid(form)


# case: what a form says of its errors is escaped
def errors_of_form(request):
    from django.http import HttpResponse

    form = Order(request.POST)
    if not form.is_valid():
        return HttpResponse(str(form.errors) + form.errors.as_ul())


# case: what was sent with a form is not escaped
def data_of_form(request):
    from django.http import HttpResponse

    form = Order(request.POST)
    if not form.is_valid():
        return HttpResponse(form.data["name"])  # expect: xss-reflected from 124
