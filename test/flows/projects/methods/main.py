import os

from flask import Flask, request

from jobs import Job

app = Flask(__name__)


@app.route("/jobs")
def jobs():
    # Methods of another module's class, each defined in a way of its own.
    name = request.args["name"]
    Job(name).begin()
    Job("sales").begin()
    os.system(Job(name).line)  # expect: command-injection from 13
    os.system(Job("sales").line)
    job = Job("sales")
    job.title = name
    os.system(job.title)  # expect: command-injection from 13
    job.draw(name)
    job.keep(name)
    return ""


@app.route("/printed")
def printed():
    Job.print(request.args["name"])
    Job.Step().run(request.args["name"])
    return ""
