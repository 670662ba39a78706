import os
import subprocess
import tarfile
from pathlib import Path

from flask import Blueprint, abort, request

files = Blueprint("files", __name__)

INVOICES = Path("/srv/invoices")


@files.get("/invoice")
def invoice():
    with open(os.path.join("/srv/invoices", request.args["name"])) as file:
        return {"text": file.read()}


@files.get("/invoice/checked")
def checked_invoice():
    path = (INVOICES / request.args["name"]).resolve()
    if not path.is_relative_to(INVOICES):
        abort(404)
    return {"text": path.read_text()}


@files.post("/convert")
def convert():
    subprocess.run("convert " + request.form["image"] + " out.png", shell=True)
    subprocess.run(["convert", "--", request.form["image"], "out.png"])
    return {"done": True}


def restore(archive):
    with tarfile.open(archive) as backup:
        backup.extractall("/srv/restore")
