from flask import Flask, request

from services import Job, Runner, page, parameters, search

app = Flask(__name__)


@app.get("/search")
def searched():
    options = parameters()
    return {"rows": search(options), "page": page(options)}


@app.post("/jobs")
def started():
    Runner(Job.from_request(request))()
    return {}
