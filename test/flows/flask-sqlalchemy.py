import subprocess

from extensions import db
from flask import request
from flask_sqlalchemy import SQLAlchemy

own = SQLAlchemy()


# case: text of the object of Flask-SQLAlchemy
def text():
    own.session.execute(own.text("DELETE FROM t WHERE id = %s" % request.form["id"]))  # expect: sql-injection from 12
    db.session.execute(db.text("DELETE FROM t WHERE id = %s" % request.form["id"]))  # expect: sql-injection from 13


# case: text of the object of Flask-SQLAlchemy, with its values beside it
def bound():
    own.session.execute(own.text("DELETE FROM t WHERE id = :id"), {"id": request.form["id"]})
    db.session.execute(db.select(db.Item).where(db.Item.id == request.form["id"]))


# case: behind the end of the options
def ended():
    subprocess.run(["git", "log", "--end-of-options", request.form["rev"]])


# case: behind another option
def option():
    subprocess.run(["git", "log", "--oneline", request.form["rev"]])  # expect: argument-injection from 29
