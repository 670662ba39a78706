import os
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()


class Item(BaseModel):
    name: str
    count: int


# case: each field of each of several objects is what its type says
@app.post("/many")
def many(items: list[Item]):
    os.system(f"ls {items[0].count}")
    for item in items:
        os.system(f"head -n {item.count} x")


# case: a text among the fields
@app.post("/texts")
def texts(items: list[Item]):
    for item in items:
        os.system("ls " + item.name)  # expect: command-injection from 23
