import os

from bottle import post, request


# case: an upload under the name that was sent
@post("/raw")
def raw():
    given = request.files.get("file")
    given.save(os.path.join("/srv/uploads", given.raw_filename))  # expect: path-traversal from 10


# case: an upload in a folder, under the name that Bottle makes of it
@post("/folder")
def into_folder():
    request.files.get("file").save("/srv/uploads")
