import os
import sqlite3

import graphene

db = sqlite3.connect("shop.db")


# case: a resolver whose argument is a text
class ByName(graphene.ObjectType):
    item = graphene.String(name=graphene.String())

    def resolve_item(root, info, name):
        return os.popen("item " + name).read()  # expect: command-injection from 13


# case: a resolver whose argument is a number
class ByNumber(graphene.ObjectType):
    item = graphene.String(number=graphene.Int(required=True))
    other = graphene.String(number=graphene.String())

    def resolve_item(root, info, number):
        return os.popen("item %s" % number).read()


# case: a resolver beside one whose argument is a number
class Beside(graphene.ObjectType):
    item = graphene.String(number=graphene.Int())
    other = graphene.String(number=graphene.String())

    def resolve_other(root, info, number):
        return os.popen("item %s" % number).read()  # expect: command-injection from 31


# case: a mutation with a number and a text
class Rename(graphene.Mutation):
    class Arguments:
        key = graphene.Int(required=True)
        name = graphene.String()

    ok = graphene.Boolean()

    def mutate(root, info, key, name):
        db.execute(f"DELETE FROM names WHERE key = {key}")
        db.execute(f"INSERT INTO names VALUES ('{name}')")  # expect: sql-injection from 43
        return Rename(ok=True)
