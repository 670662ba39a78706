import psycopg2
from fastapi import FastAPI
from pydantic import BaseModel
from sqlalchemy import text

from .store import parsed

app = FastAPI()
db = connect()


class Account(BaseModel):
    name: str


def columns(model: BaseModel):
    return ", ".join(f"{name} = :{name}" for name in model.dict())


def values(model: BaseModel):
    return ", ".join(f"'{value}'" for value in model.dict().values())


# case: the names that a record's class declares are in a statement
@app.post("/accounts/{ident}")
def names_alone(ident: str):
    account = parsed(ident)
    db.execute(text("UPDATE account SET " + columns(account)))


# case: what a record holds is in a statement
@app.post("/values/{ident}")
def values_too(ident: str):
    account = parsed(ident)
    db.execute(text("INSERT INTO account VALUES (" + values(account) + ")"))  # expect: sql-injection from 33


# case: the fields of a row by their names
@app.post("/rows/{ident}")
def of_a_row(ident: str):
    row = parsed(ident)
    names = ", ".join(row._asdict())
    db.execute(text("SELECT " + names + " FROM account"))


# case: the fields of a form by the names that were sent
@app.post("/forms")
def of_a_form(form: dict):
    names = ", ".join(form)
    db.execute(text("SELECT " + names + " FROM account"))  # expect: sql-injection from 48


def placeholders(model):
    return ", ".join(f"{name} = :{name}" for name in model.__fields__)


# case: what the class of an object declares
@app.post("/declared/{ident}")
def declared(ident: str):
    account = parsed(ident)
    db.execute(text("UPDATE account SET " + placeholders(account)))


# case: what a statement found by a value that was bound
@app.post("/bound/{ident}")
def found_by_bound(ident: str):
    result = run.execute(statement_of("wallet"), {"id": ident})
    db.execute(text("SELECT * FROM payment WHERE wallet = '" + result.scalar() + "'"))


# case: what a statement found by a value that was bound, of a connection that is known
@app.post("/connection/{ident}")
def found_by_connection(ident: str):
    conn = psycopg2.connect("dbname=shop").cursor()
    result = conn.execute("SELECT title FROM wallet WHERE account = %s", {"id": ident})
    db.execute(text("SELECT * FROM payment WHERE wallet = '" + result.title + "'"))


# case: what a statement found that the value was written into
@app.post("/written/{ident}")
def found_by_written(ident: str):
    conn = psycopg2.connect("dbname=shop").cursor()
    conn.execute("SELECT title FROM wallet WHERE account = '" + ident + "'")  # expect: sql-injection from 81
