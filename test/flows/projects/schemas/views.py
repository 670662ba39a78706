import os

from fastapi import FastAPI

from .schemas import Job, Kind

app = FastAPI()


@app.post("/checked")
def checked(job: Job):
    os.system(f"run {job.code} {job.slug} {job.kind.value} {job.count}")


@app.post("/named")
def named(job: Job):
    os.system("run " + job.name)  # expect: command-injection from 16


@app.get("/kind")
def kind(kind: Kind):
    os.system("run " + kind.value)


@app.post("/repeated")
def repeated(job: Job):
    return " " * job.count
