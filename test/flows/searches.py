import boto3
import pymongo
from boto3.dynamodb.conditions import Key
from bson import ObjectId
from elasticsearch import Elasticsearch
from flask import request

orders = pymongo.MongoClient().shop.orders
items = boto3.resource("dynamodb").Table("items")
index = Elasticsearch()


# case: a document of the sender's
def find_all():
    return orders.find_one({"name": request.json["name"]})  # expect: nosql-injection from 15


# case: a document that is known to be text
def find_text():
    body = request.json
    if not isinstance(body["name"], str):
        return None
    return orders.find_one({"name": body["name"]})


# case: an identifier
def find_by_identifier():
    return orders.find_one({"_id": ObjectId(request.json["id"])})


# case: a condition made of objects
def query_by_key():
    return items.query(KeyConditionExpression=Key("id").eq(request.json["id"]))


# case: a search of the sender's
def search_as_told():
    return index.search(index="goods", query=request.json["query"])  # expect: nosql-injection from 38


# case: a clause of the sender's
def search_with_clause():
    return index.search(index="goods", query={"bool": {"must": request.json["must"]}})  # expect: nosql-injection from 43


# case: a search for a value
def search_for_value():
    return index.search(index="goods", query={"match": {"name": request.json["name"]}})


# case: a text with a syntax of its own
def search_by_syntax():
    text = {"query": request.args["q"]}
    return index.search(index="goods", query={"query_string": text})  # expect: nosql-injection from 53
