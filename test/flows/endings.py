import os
import uuid

from flask import abort, request

ALLOWED = {"png", "jpg", "gif"}


def allowed(filename):
    return "." in filename and filename.rsplit(".", 1)[1].lower() in ALLOWED


def allowed_by_name(filename):
    ending = filename.split(".")[-1].lower()
    return ending in ALLOWED


def allowed_by_splitext(filename):
    _, ending = os.path.splitext(filename)
    if ending.lower() not in {".png", ".jpg"}:
        return False
    return True


def allowed_by_end(filename):
    return filename.lower().endswith((".png", ".jpg"))


def ends_without_dot(filename):
    return filename.lower().endswith(("png", "jpg"))


def is_picture(file):
    return file.content_type in ("image/png", "image/jpeg")


# case: an ending that a function has found in a list
def listed_ending():
    file = request.files["file"]
    if not file or not allowed(file.filename):
        abort(400)
    name = f"{uuid.uuid4().hex}.{file.filename.rsplit('.', 1)[1].lower()}"
    file.save(os.path.join("/srv/uploads", name))


# case: the ending is taken in another way than it was checked
def listed_ending_taken_otherwise():
    file = request.files["file"]
    if not allowed_by_name(file.filename):
        abort(400)
    file.save("/srv/uploads/1." + file.filename.rpartition(".")[2])
    file.save("/srv/uploads/2." + file.filename.rsplit(".", 1)[-1])


# case: an ending that was unpacked and found in a list
def unpacked_ending():
    file = request.files["file"]
    if not allowed_by_splitext(file.filename):
        abort(400)
    file.save("/srv/uploads/1." + file.filename.split(".")[-1])


# case: a name that ends with one of several endings
def ends_with():
    file = request.files["file"]
    if not allowed_by_end(file.filename):
        abort(400)
    file.save("/srv/uploads/1." + file.filename.split(".")[-1])


# case: without the dot, an end is no ending
def ends_with_letters():
    file = request.files["file"]
    if not ends_without_dot(file.filename):
        abort(400)
    file.save("/srv/uploads/1." + file.filename.rsplit(".", 1)[1])  # expect: path-traversal from 73


# case: what stands behind the first dot is more than the ending
def behind_first_dot():
    file = request.files["file"]
    if not allowed(file.filename):
        abort(400)
    file.save("/srv/uploads/1." + file.filename.split(".", 1)[1])  # expect: path-traversal from 81


# case: the name as a whole is more than its ending
def whole_name():
    file = request.files["file"]
    if not allowed(file.filename):
        abort(400)
    file.save("/srv/uploads/" + file.filename)  # expect: path-traversal from 89


# case: the type of the content says nothing of the name
def type_of_content():
    file = request.files["file"]
    if not is_picture(file):
        abort(400)
    file.save("/srv/uploads/1." + file.filename.rsplit(".", 1)[1])  # expect: path-traversal from 97


# case: an ending that was looked at, and let through whatever it is
def ending_let_through():
    file = request.files["file"]
    if not allowed(file.filename):
        print("odd")
    file.save("/srv/uploads/1." + file.filename.rsplit(".", 1)[1])  # expect: path-traversal from 105


# case: an ending that is unpacked has no separator in it
def unpacked():
    file = request.files["file"]
    name, ending = os.path.splitext(file.filename)
    open("/srv/" + uuid.uuid4().hex + ending)


# case: what stands before the ending may be any path
def unpacked_name():
    file = request.files["file"]
    name, ending = os.path.splitext(file.filename)
    open("/srv/" + name)  # expect: path-traversal from 120


# case: an ending in capitals is an ending
def unpacked_in_capitals():
    file = request.files["file"]
    _, ending = os.path.splitext(file.filename)
    open("/srv/" + uuid.uuid4().hex + ending.upper())
