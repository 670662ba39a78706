import fastapi
import hashlib
import io
import os
import pathlib
import shutil

from fastapi import FastAPI
from fastapi.responses import FileResponse
from flask import abort, request, send_file
from typing import Annotated
from werkzeug.utils import secure_filename

app = FastAPI()
BASE = pathlib.Path("/srv/files")


# case: joinpath and with_name
def b1():
    (BASE / "x").joinpath(request.args["a"]).read_text()  # expect: path-traversal from 20
    BASE.joinpath("a", "b").read_text()
    (BASE / "x").with_name(request.args["b"]).read_text()  # expect: path-traversal from 22
    (BASE / (request.args["c"] + ".txt")).write_text("x")  # expect: path-traversal from 23
    (BASE / f"{int(request.args['d'])}.txt").write_text("x")


# case: uploaded file names
def b2():
    f = request.files["f"]
    f.save(os.path.join("/srv", f.filename))  # expect: path-traversal from 29


# case: uploaded file by a safe name
def b3():
    f = request.files["f"]
    name = secure_filename(f.filename)
    if not name.endswith(".png"):
        abort(400)
    f.save(os.path.join("/srv", name))


# case: shutil and friends
def b4():
    shutil.copy(request.args["a"], "/srv/x")  # expect: path-traversal from 44
    shutil.rmtree("/srv/" + request.args["b"])  # expect: path-traversal from 45
    os.makedirs("/srv/" + request.args["c"])  # expect: path-traversal from 46
    os.rename("/srv/x", "/srv/" + request.args["d"])  # expect: path-traversal from 47
    os.listdir(request.args["e"])  # expect: path-traversal from 48


# case: send_file of bytes
def b5():
    return send_file(io.BytesIO(request.data), download_name=request.args["a"])


# case: FileResponse
@app.get("/f/{name}")
def b6(name: str):
    return FileResponse("/srv/" + name)  # expect: path-traversal from 58


# case: FileResponse inside its folder
@app.get("/g/{name}")
def b7(name: str):
    path = (BASE / name).resolve()
    if not path.is_relative_to(BASE):
        raise fastapi.HTTPException(404)
    return FileResponse(path)


# case: FileResponse of a pattern
@app.get("/h/{name}")
def b8(name: Annotated[str, fastapi.Path(pattern=r"^[a-z]+$")]):
    return FileResponse("/srv/" + name)


# case: open of a digest
def b9():
    open("/srv/" + hashlib.sha256(request.data).hexdigest()).read()
    open("/srv/" + request.args["a"].encode().hex()).read()


# case: extension check does not help
def b10():
    name = request.args["a"]
    if not name.endswith(".txt"):
        abort(400)
    open("/srv/" + name).read()  # expect: path-traversal from 85


# case: splitext and basename
def b11():
    name = os.path.basename(request.args["a"])
    root, ext = os.path.splitext(name)
    open("/srv/" + root + ".txt").read()
    root2, ext2 = os.path.splitext(request.args["b"])
    open("/srv/" + root2).read()  # expect: path-traversal from 96
    open("/srv/" + request.args["c"].split("/")[-1]).read()
    open("/srv/" + request.args["d"].rsplit("/", 1)[-1]).read()
    open("/srv/" + os.path.split(request.args["e"])[1]).read()


# case: replace of dots does not help
def b12():
    name = request.args["a"].replace("../", "")
    open("/srv/" + name).read()  # expect: path-traversal from 105


# case: replace of slashes helps
def b13():
    name = request.args["a"].replace("/", "")
    open("/srv/" + name).read()
    name2 = request.args["b"].replace("/", "_").replace("..", "_")
    open("/srv/" + name2).read()
