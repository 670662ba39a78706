import os

from extensions import db
from flask import request
from flask_sqlalchemy import SQLAlchemy
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_openai import ChatOpenAI

own = SQLAlchemy()
prompt = ChatPromptTemplate.from_messages([("user", "{q}")])


class Item(db.Model):
    name = db.Column(db.String)


class Order(own.Model):
    name = own.Column(own.String)


# case: a model asked through a chain
def chain(question):
    answer = (prompt | ChatOpenAI(model="m")).invoke({"q": question})
    os.system(answer.content)  # expect: llm-output-to-sink from 24
    os.system((prompt | ChatOpenAI(model="m") | StrOutputParser()).invoke({"q": question}))  # expect: llm-output-to-sink from 26


# case: a chain without a model
def no_model(question):
    print(ChatOpenAI(model="m") | StrOutputParser())
    os.system("echo %d" % len((prompt | StrOutputParser()).invoke({"q": "x"})))


# case: the sender names the columns of a table
def columns():
    Item.query.filter_by(**request.get_json()).all()  # expect: orm-lookup-tainted from 37
    Order.query.filter_by(**request.args).first()  # expect: orm-lookup-tainted from 38


# case: the program names the columns of a table
def named():
    Item.query.filter_by(name=request.args["n"]).all()
    Order.query.filter_by(**{"name": request.args["n"]}).first()
